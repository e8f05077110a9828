package io.darsena.runtime;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What the host of the runtime found out about this machine.
///
/// @param rootless containers live in a user namespace of an ordinary user
/// @param singleUid only one user id is mapped: images with files of other users lose their owners
public record RuntimeFacts(String release, boolean rootless, boolean singleUid, List<Reduction> reductions) {

    public RuntimeFacts {
        reductions = List.copyOf(reductions);
    }

    /// What `reduced.h` of the C side can tell of.
    public enum Lack {
        /// Only one user id is mapped.
        SINGLE_UID,
        /// Overlay cannot be mounted in the user namespace.
        NO_OVERLAY,
        /// User namespaces are refused.
        NO_USERNS,
        /// User namespaces are refused, by AppArmor.
        APPARMOR_USERNS;

        /// As the protocol says it.
        String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Optional<Lack> of(String key) {
            return Stream.of(values()).filter(lack -> lack.key().equals(key)).findFirst();
        }
    }

    /// An ability that this machine lacks; `reason` is the kernel's or the tool's own word.
    public record Reduction(Lack lack, String reason) {}
}
