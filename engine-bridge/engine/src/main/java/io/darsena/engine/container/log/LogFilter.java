package io.darsena.engine.container.log;

import io.darsena.bridge.container.LogQuery;
import io.darsena.bridge.container.LogRecord;
import java.time.Instant;

/// Which records a query asks for, but for their number.
final class LogFilter {

    private LogFilter() {}

    static boolean fits(LogQuery query, LogRecord.Stream stream, Instant at) {
        boolean wanted = switch (stream) {
            case STDOUT -> query.stdout();
            case STDERR -> query.stderr();
        };
        return wanted
                && query.since().map(since -> !at.isBefore(since)).orElse(true)
                && query.until().map(until -> !at.isAfter(until)).orElse(true);
    }
}
