package io.darsena.engine.event;

import io.darsena.bridge.event.EngineEvent;

/// Where the engine's parts put what happened. Never blocks for long, never throws; what one thread puts in is
/// heard in that order.
@FunctionalInterface
public interface EventSink {

    void emit(EngineEvent event);
}
