package io.darsena.app.containers;

import io.darsena.bridge.container.Container;

/// The tabs above the list.
public enum StateFilter {
    ALL,
    RUNNING,
    STOPPED;

    boolean admits(Container container) {
        return this == ALL || (this == RUNNING) == isActive(container);
    }

    private static boolean isActive(Container container) {
        return switch (container.status()) {
            case RUNNING, PAUSED, RESTARTING -> true;
            case CREATED, EXITED, REMOVING, DEAD -> false;
        };
    }
}
