package io.darsena.bridge.container;

/// The seven states of a container's life, in Docker's words.
public enum ContainerStatus {
    CREATED,
    RUNNING,
    PAUSED,
    RESTARTING,
    EXITED,
    REMOVING,
    DEAD
}
