package io.darsena.app.containers.logs;

import io.darsena.bridge.container.LogQuery;

/// Which of a program's two outputs are shown.
public enum LogStreams {
    BOTH,
    STDOUT,
    STDERR;

    boolean shows(boolean error) {
        return this == BOTH || (this == STDERR) == error;
    }

    LogQuery in(LogQuery query) {
        return query.withStreams(this != STDERR, this != STDOUT);
    }
}
