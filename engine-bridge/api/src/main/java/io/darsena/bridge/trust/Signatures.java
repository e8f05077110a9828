package io.darsena.bridge.trust;

import java.util.List;

/// What signatures were found.
public sealed interface Signatures {

    /// @param keys names of trusted keys that signed it, sorted; at least one
    record Signed(List<String> keys) implements Signatures {
        public Signed {
            keys = List.copyOf(keys);
        }
    }

    /// None at all.
    record Unsigned() implements Signatures {}

    /// There are some, and none that counts.
    ///
    /// @param reason what is wrong with the best of them, an English sentence without its full stop
    record Untrusted(String reason) implements Signatures {}

    /// Nobody wanted to know, or the registry could not be asked.
    ///
    /// @param reason an English sentence without its full stop
    record Unchecked(String reason) implements Signatures {}
}
