package io.darsena.bridge.settings;

import io.darsena.bridge.container.LogLimits;
import io.darsena.bridge.trash.TrashPolicy;

/// What a person set for an engine, one part a concern. Each part validates itself; its own words say what it bounds.
///
/// @param logs for each container that has no limits of its own; containers follow a change when they next start
/// @param trash when the trash empties by itself; followed at once
public record EngineSettings(LogLimits logs, TrashPolicy trash) {

    public static final EngineSettings DEFAULT = new EngineSettings(LogLimits.DEFAULT, TrashPolicy.DEFAULT);

    public EngineSettings withLogs(LogLimits logs) {
        return new EngineSettings(logs, trash);
    }

    public EngineSettings withTrash(TrashPolicy trash) {
        return new EngineSettings(logs, trash);
    }
}
