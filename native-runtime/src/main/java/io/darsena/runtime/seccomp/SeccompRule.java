package io.darsena.runtime.seccomp;

import java.util.List;
import java.util.Set;

/// One rule of a profile: what happens to the calls of these names when all `conditions` hold.
///
/// @param names as in the kernel's tables; those that a convention does not have are passed over there
/// @param onlyIf the rule counts only if all of it is met
/// @param unless the rule does not count if any of it is met
public record SeccompRule(
        Set<String> names,
        List<ArgumentCondition> conditions,
        SeccompAction action,
        Circumstances onlyIf,
        Circumstances unless) {

    public SeccompRule {
        names = Set.copyOf(names);
        conditions = List.copyOf(conditions);
        if (names.isEmpty()) {
            throw new IllegalArgumentException("a rule of a seccomp profile must name a system call");
        }
    }

    public boolean appliesIn(SeccompContext context) {
        return onlyIf.allMet(context) && !unless.anyMet(context);
    }

    public boolean unconditional() {
        return conditions.isEmpty();
    }

    boolean holdsFor(List<Long> arguments, Abi abi) {
        return conditions.stream().allMatch(condition -> condition.holds(arguments.get(condition.index()), abi));
    }
}
