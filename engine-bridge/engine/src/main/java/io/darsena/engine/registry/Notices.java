package io.darsena.engine.registry;

import io.darsena.bridge.registry.RegistryHost;
import java.util.Optional;

/// Hears why something waits or tries again, and with an empty text that it goes on.
@FunctionalInterface
interface Notices {

    Notices NOBODY = text -> {};

    void tell(Optional<String> text);

    /// A place could not give what was asked of it, and the next one is asked.
    default void passedOver(RegistryHost place, String reason) {}
}
