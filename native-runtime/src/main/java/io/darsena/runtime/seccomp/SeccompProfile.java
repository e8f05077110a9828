package io.darsena.runtime.seccomp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Which system calls a container may make. A value: independent of the machine and of the container's capabilities,
/// which come in with a [SeccompContext]. Immutable.
///
/// How rules come together, for one call (as libseccomp and runc do it):
/// 1. Rules that do not apply in the context, and rules whose action is the default anyway, are out.
/// 2. A caller of a convention that is not admitted ends by SIGSYS. (Number -1 is a call that a tracer has cancelled.)
/// 3. A number above every call that the applicable rules name is younger than the profile: it fails with ENOSYS
///    instead of the default, so that programs fall back to an older call (runc: libcontainer/seccomp/patchbpf), unless
///    the default lets calls through. Rules whose action is the default count here.
/// 4. The first unconditional rule for the name decides; else the first whose conditions hold; else the default.
public final class SeccompProfile {

    private final SeccompAction defaultAction;
    private final Map<Abi, List<Abi>> architectures;
    private final List<SeccompRule> rules;
    private final int hash;

    /// @param architectures for each kind of machine, which conventions are admitted besides its own
    public SeccompProfile(SeccompAction defaultAction, Map<Abi, List<Abi>> architectures, List<SeccompRule> rules) {
        this.defaultAction = defaultAction;
        this.architectures = Map.copyOf(architectures);
        this.rules = List.copyOf(rules);
        this.hash = Objects.hash(this.defaultAction, this.architectures, this.rules);
    }

    /// What Docker does when nothing else is asked for.
    public static SeccompProfile dockerDefault() {
        return DockerDefault.PROFILE;
    }

    public SeccompAction defaultAction() {
        return defaultAction;
    }

    /// The conventions admitted on `machine`, its own first.
    public List<Abi> abis(Abi machine) {
        List<Abi> admitted = new ArrayList<>();
        admitted.add(machine);
        architectures.getOrDefault(machine, List.of()).stream()
                .filter(abi -> abi != machine)
                .forEach(admitted::add);
        return admitted;
    }

    public List<SeccompRule> rules() {
        return rules;
    }

    public List<SeccompRule> rules(SeccompContext context) {
        return rules.stream().filter(rule -> rule.appliesIn(context)).toList();
    }

    /// What the profile says of one call: the definition that compiled filters are tested against. Goes through all
    /// rules; not meant to be fast.
    public SeccompAction verdict(SystemCall call, SeccompContext context) {
        Abi abi = admitted(call, context.machine());
        if (abi == null) {
            boolean cancelled = call.number() == -1
                    && call.architecture() == context.machine().auditArchitecture();
            return cancelled ? defaultAction : SeccompAction.KILL_THREAD;
        }
        List<SeccompRule> applicable = rules(context);
        if (hidesTheUnknown()) {
            OptionalInt newest = newest(applicable, abi);
            if (newest.isPresent() && Integer.compareUnsigned(call.number(), newest.getAsInt()) > 0) {
                return SeccompAction.NOT_IMPLEMENTED;
            }
        }
        String name = SyscallTable.of(abi).name(call.number());
        // A rule that reaches a call through a multiplexer has a condition there, the number of what is called: it
        // comes after the rules for the multiplexer itself, and before those that had conditions of their own.
        return decide(applicable, rule -> rule.unconditional() && rule.names().contains(name))
                .or(() -> decide(applicable, rule -> rule.unconditional() && reachesThrough(rule, name, call, abi)))
                .or(() -> decide(
                        applicable,
                        rule -> rule.names().contains(name) && rule.holdsFor(call.arguments(), abi)
                                || reachesThrough(rule, name, call, abi)))
                .orElse(defaultAction);
    }

    private Optional<SeccompAction> decide(List<SeccompRule> applicable, Predicate<SeccompRule> deciding) {
        return applicable.stream()
                .filter(rule -> !rule.action().equals(defaultAction))
                .filter(deciding)
                .map(SeccompRule::action)
                .findFirst();
    }

    private static boolean reachesThrough(SeccompRule rule, String name, SystemCall call, Abi abi) {
        for (Multiplexer multiplexer : Multiplexer.values()) {
            if (multiplexer.call().equals(name) && Multiplexer.extended(rule, abi)) {
                return rule.names().stream()
                        .flatMap(muxed -> multiplexer.selecting(muxed).stream())
                        .anyMatch(selector -> selector.holds(call.arguments().getFirst(), abi));
            }
        }
        return false;
    }

    private @Nullable Abi admitted(SystemCall call, Abi machine) {
        boolean x32 = Integer.compareUnsigned(call.number(), Abi.X32_BIT) >= 0;
        for (Abi abi : abis(machine)) {
            boolean numbered = abi.auditArchitecture() != Abi.X32.auditArchitecture() || (abi == Abi.X32) == x32;
            if (abi.auditArchitecture() == call.architecture() && numbered) {
                return abi;
            }
        }
        return null;
    }

    /// Whether numbers younger than the profile are answered with ENOSYS instead of the default action.
    boolean hidesTheUnknown() {
        return !defaultAction.permissive() && !defaultAction.equals(SeccompAction.NOT_IMPLEMENTED);
    }

    /// The highest number that the rules name.
    static OptionalInt newest(List<SeccompRule> applicable, Abi abi) {
        SyscallTable table = SyscallTable.of(abi);
        return applicable.stream()
                .flatMap(rule -> rule.names().stream())
                .flatMapToInt(name -> table.number(name).stream())
                .max();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || other instanceof SeccompProfile profile
                        && hash == profile.hash
                        && defaultAction.equals(profile.defaultAction)
                        && architectures.equals(profile.architectures)
                        && rules.equals(profile.rules);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    private static final class DockerDefault {
        static final SeccompProfile PROFILE = read();

        private static SeccompProfile read() {
            try (InputStream resource = SeccompResource.open("default.seccomp")) {
                return ProfileText.parse(new String(resource.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException failure) {
                throw new UncheckedIOException("cannot read the resource default.seccomp", failure);
            }
        }
    }
}
