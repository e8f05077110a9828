package io.darsena.bridge.container;

import java.util.List;

/// Takes a log's records in batches, in order.
public interface LogConsumer {

    void records(List<LogRecord> batch);

    /// No more will come: all was read without `follow`, the container was removed, or `failure` happened.
    default void ended() {}

    default void failed(RuntimeException failure) {
        throw failure;
    }
}
