package io.darsena.engine.container;

/// What a run needs besides its processes: cgroups, and the sockets of its monitor. Guarded by the container's command
/// lock.
final class RunRemains {

    private final ContainerSurroundings around;
    private final ContainerDirectory directory;
    private final LifecycleState state;
    private boolean uncleared = true;

    RunRemains(ContainerSurroundings around, ContainerDirectory directory, LifecycleState state) {
        this.around = around;
        this.directory = directory;
        this.state = state;
    }

    /// It was made just now.
    void none() {
        uncleared = false;
    }

    /// A run begins, or was tried.
    void expect() {
        uncleared = true;
    }

    void clear() {
        if (uncleared) {
            around.cgroups().remove(state.id());
            directory.removeRun();
            uncleared = false;
        }
    }
}
