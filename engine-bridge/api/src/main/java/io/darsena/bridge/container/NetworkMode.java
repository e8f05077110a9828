package io.darsena.bridge.container;

import java.util.Locale;
import java.util.Optional;

/// What a container sees of networks.
public enum NetworkMode {
    /// A network of its own with nothing but loopback in it: nobody reaches it, and it reaches nobody.
    NONE,
    /// The host's: its addresses, its ports, its host name and resolver. What listens in it listens on the host.
    HOST;

    /// As Docker spells it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<NetworkMode> of(String word) {
        for (NetworkMode mode : values()) {
            if (mode.word().equals(word)) {
                return Optional.of(mode);
            }
        }
        return Optional.empty();
    }
}
