package io.darsena.runtime;

import java.util.List;

/// What the host of the runtime found out about this machine.
///
/// @param rootless containers live in a user namespace of an ordinary user
/// @param singleUid only one user id is mapped: images with files of other users lose their owners
public record RuntimeFacts(String release, boolean rootless, boolean singleUid, List<Reduction> reductions) {

    public RuntimeFacts {
        reductions = List.copyOf(reductions);
    }

    /// An ability that this machine lacks. `key` names it for message bundles (`single-uid`, `no-overlay`,
    /// `no-userns`, `apparmor-userns`); `reason` is the kernel's or the tool's own word.
    public record Reduction(String key, String reason) {}
}
