package io.darsena.bridge.sync;

import io.darsena.bridge.image.Digest;
import java.util.OptionalLong;

/// What is known of a name at its registry.
public sealed interface Standing {

    /// It did not come from its registry and did not go there.
    record LocalOnly() implements Standing {}

    record NeverChecked() implements Standing {}

    /// The registry has what is here, as far as it is for this image's platform.
    record UpToDate() implements Standing {}

    /// @param digest that the name stands for there
    /// @param bytes that a pull would fetch; empty where the registry's rate limit kept its manifest
    ///     from being read
    record UpdateAvailable(Digest digest, OptionalLong bytes) implements Standing {}

    /// It stands there for what it stood for before, and stood for another image in between: that is no
    /// update, and is never pulled by itself.
    ///
    /// @param digest that the name stands for there
    record MovedBack(Digest digest) implements Standing {}

    /// It was there once, and is no more.
    record Gone() implements Standing {}

    /// @param reason an English sentence without its full stop
    record Unknown(String reason) implements Standing {}
}
