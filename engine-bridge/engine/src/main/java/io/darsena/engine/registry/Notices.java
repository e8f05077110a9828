package io.darsena.engine.registry;

import java.util.Optional;

/// Hears why something waits or tries again, and with an empty text that it goes on.
@FunctionalInterface
interface Notices {

    Notices NOBODY = text -> {};

    void tell(Optional<String> text);
}
