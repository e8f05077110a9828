package io.darsena.bridge;

/// Ends a subscription when closed. Idempotent, from any thread; no call begins after `close` returned,
/// except when it is closed from within the subscriber's own call.
public interface Subscription extends AutoCloseable {

    @Override
    void close();
}
