package io.darsena.app.session;

import io.darsena.bridge.registry.RateGauge;
import io.darsena.bridge.registry.RegistryAnswer;
import io.darsena.bridge.registry.RegistryConfig;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.bridge.registry.RegistryLogin;
import java.time.Instant;
import java.util.Optional;

/// What a window knows of one registry at this moment.
///
/// @param config what is set for it, if it was added or set
/// @param rate what it last said of its limit
/// @param rateAt when it said so
/// @param images names of the local cache that are its
public record KnownRegistry(
        RegistryHost host,
        Optional<RegistryConfig> config,
        Optional<RegistryLogin> login,
        Reach reach,
        Optional<RateGauge> rate,
        Optional<Instant> rateAt,
        int images) {

    /// Whether it answers.
    public sealed interface Reach {

        /// It was not asked in this window.
        record Unknown() implements Reach {}

        record Asking() implements Reach {}

        record Answered(RegistryAnswer answer) implements Reach {}

        record Silent(Failure failure) implements Reach {}
    }

    public boolean isInsecure() {
        return config.filter(RegistryConfig::insecure).isPresent();
    }
}
