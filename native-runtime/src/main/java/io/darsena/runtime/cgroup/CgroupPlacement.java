package io.darsena.runtime.cgroup;

/// Where control groups of our own may live on this machine.
public sealed interface CgroupPlacement {

    /// Containers can have groups, below `subtree`.
    record Usable(CgroupSubtree subtree) implements CgroupPlacement {}

    /// Containers go without groups: no limits, no freezing, metrics from /proc.
    record Unusable(Reason reason, String detail) implements CgroupPlacement {}

    /// Why there is no place.
    enum Reason {
        /// No control groups are mounted.
        NOT_MOUNTED,
        /// An ordinary user on cgroup v1: it cannot be delegated safely.
        NEEDS_ROOT,
        /// cgroup v2, and the own group may not be written: ask systemd for a delegated scope.
        NOT_DELEGATED,
        /// The own group may be written, but processes that are not ours live in it.
        SHARED,
        /// The groups are mounted read-only, as in a container.
        READ_ONLY
    }

    /// Finds a place for `layout` and prepares it: the directory `darsena` and the controllers in it. Doing so again is
    /// no error. As root that is below the root of each hierarchy, or, where that cannot be written (inside of a
    /// container), below the own group; for an ordinary user, below the own group of cgroup v2 when it
    /// is delegated.
    ///
    /// A v2 group with controllers for its children may hold no process: in a delegated group this moves `pid`
    /// and its descendants to the leaf `darsena-app` beside `darsena`. Start darsena-runtime afterwards, so that
    /// it lives inside of the delegated group too and may move processes within it.
    ///
    /// For an ordinary user on a desktop with systemd and cgroup v2 it first asks the user's service manager
    /// for the delegated scope `darsena.scope` and moves `pid` there; without an answer it looks at the group
    /// that the process is in.
    ///
    /// @param pid the process whose group `layout` tells: this one, or one for which a group was delegated
    static CgroupPlacement find(CgroupLayout layout, long pid) {
        return PlacementSearch.find(layout, pid);
    }

    /// As [#find(CgroupLayout, long)], for this process.
    static CgroupPlacement find() {
        return find(CgroupLayout.detect(), ProcessHandle.current().pid());
    }
}
