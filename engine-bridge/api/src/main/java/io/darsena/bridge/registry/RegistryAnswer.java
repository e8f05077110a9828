package io.darsena.bridge.registry;

import java.time.Duration;
import java.util.Optional;

/// How a registry answered when it was asked whether it is one.
///
/// @param encrypted by TLS
/// @param access what it asks of who comes
/// @param took from the question to its answer, the connection included
/// @param login who is logged in there
public record RegistryAnswer(
        RegistryHost registry, boolean encrypted, Access access, Duration took, Optional<RegistryLogin> login) {

    public enum Access {
        /// It lets everybody in.
        OPEN,
        /// It let in who is logged in.
        GRANTED,
        /// It wants a login.
        LOGIN_NEEDED
    }
}
