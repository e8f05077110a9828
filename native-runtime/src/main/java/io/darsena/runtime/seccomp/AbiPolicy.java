package io.darsena.runtime.seccomp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalInt;
import java.util.TreeMap;

/// What a profile comes to for one convention in one context: the numbers that are treated otherwise than `fallback`,
/// and the number above which calls are unknown to the profile.
record AbiPolicy(Abi abi, NavigableMap<Integer, Outcome> outcomes, Outcome fallback, OptionalInt newest) {

    private static final Comparator<SeccompRule> UNCONDITIONAL_FIRST =
            Comparator.comparing(rule -> !rule.unconditional());

    static AbiPolicy of(SeccompProfile profile, SeccompContext context, Abi abi) {
        List<SeccompRule> applicable = profile.rules(context);
        Map<Integer, List<Branch>> branches = new TreeMap<>();
        SyscallTable table = SyscallTable.of(abi);
        applicable.stream()
                .filter(rule -> !rule.action().equals(profile.defaultAction()))
                .sorted(UNCONDITIONAL_FIRST)
                .forEach(rule -> rule.names().stream().sorted().forEach(name -> add(rule, name, table, abi, branches)));
        NavigableMap<Integer, Outcome> outcomes = new TreeMap<>(Integer::compareUnsigned);
        branches.forEach((number, list) -> outcomes.put(number, Outcome.of(list, profile.defaultAction())));
        OptionalInt newest = profile.hidesTheUnknown() ? SeccompProfile.newest(applicable, abi) : OptionalInt.empty();
        return new AbiPolicy(abi, outcomes, Outcome.always(profile.defaultAction()), newest);
    }

    private static void add(
            SeccompRule rule, String name, SyscallTable table, Abi abi, Map<Integer, List<Branch>> branches) {
        table.number(name)
                .ifPresent(number -> branches.computeIfAbsent(number, key -> new ArrayList<>())
                        .add(new Branch(
                                rule.conditions().stream()
                                        .map(condition -> condition.on(abi))
                                        .toList(),
                                rule.action())));
        if (!Multiplexer.extended(rule, abi)) {
            return;
        }
        for (Multiplexer multiplexer : Multiplexer.values()) {
            OptionalInt number = table.number(multiplexer.call());
            multiplexer
                    .selecting(name)
                    .filter(selector -> number.isPresent())
                    .ifPresent(selector -> branches.computeIfAbsent(number.getAsInt(), key -> new ArrayList<>())
                            .add(new Branch(List.of(selector.on(abi)), rule.action())));
        }
    }

    /// An action that needs all conditions to hold.
    record Branch(List<ArgumentCondition> conditions, SeccompAction action) {}

    /// What becomes of a number: the first branch whose conditions hold, else `otherwise`.
    record Outcome(List<Branch> branches, SeccompAction otherwise) {

        static Outcome always(SeccompAction action) {
            return new Outcome(List.of(), action);
        }

        static Outcome of(List<Branch> branches, SeccompAction fallback) {
            return branches.stream()
                    .filter(branch -> branch.conditions().isEmpty())
                    .findFirst()
                    .map(branch -> always(branch.action()))
                    .orElseGet(() -> new Outcome(List.copyOf(branches), fallback));
        }
    }
}
