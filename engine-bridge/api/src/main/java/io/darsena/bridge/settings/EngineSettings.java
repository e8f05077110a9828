package io.darsena.bridge.settings;

import io.darsena.bridge.container.LogLimits;

/// What a person set for an engine, one part a concern. Each part validates itself; its own words say what it bounds.
///
/// @param logs for each container that has no limits of its own; containers follow a change when they next start
public record EngineSettings(LogLimits logs) {

    public static final EngineSettings DEFAULT = new EngineSettings(LogLimits.DEFAULT);

    public EngineSettings withLogs(LogLimits logs) {
        return new EngineSettings(logs);
    }
}
