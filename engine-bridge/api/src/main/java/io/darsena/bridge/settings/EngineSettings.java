package io.darsena.bridge.settings;

import io.darsena.bridge.container.LogLimits;
import io.darsena.bridge.registry.RegistrySettings;
import io.darsena.bridge.sync.SyncSettings;
import io.darsena.bridge.trash.TrashPolicy;
import io.darsena.bridge.trust.TrustSettings;

/// What a person set for an engine, one part a concern. Each part validates itself; its own words say
/// what it bounds.
///
/// @param logs for each container that has no limits of its own; containers follow a change when they
///     next start
/// @param trash when the trash empties by itself; followed at once
/// @param registries how registries are talked to; followed by what begins after
/// @param sync how often names are compared with their registries; followed at once
/// @param trust whose signatures are demanded where; followed by what begins after
public record EngineSettings(
        LogLimits logs, TrashPolicy trash, RegistrySettings registries, SyncSettings sync, TrustSettings trust) {

    public static final EngineSettings DEFAULT = new EngineSettings(
            LogLimits.DEFAULT,
            TrashPolicy.DEFAULT,
            RegistrySettings.DEFAULT,
            SyncSettings.DEFAULT,
            TrustSettings.DEFAULT);

    public EngineSettings withLogs(LogLimits logs) {
        return new EngineSettings(logs, trash, registries, sync, trust);
    }

    public EngineSettings withTrash(TrashPolicy trash) {
        return new EngineSettings(logs, trash, registries, sync, trust);
    }

    public EngineSettings withRegistries(RegistrySettings registries) {
        return new EngineSettings(logs, trash, registries, sync, trust);
    }

    public EngineSettings withSync(SyncSettings sync) {
        return new EngineSettings(logs, trash, registries, sync, trust);
    }

    public EngineSettings withTrust(TrustSettings trust) {
        return new EngineSettings(logs, trash, registries, sync, trust);
    }
}
