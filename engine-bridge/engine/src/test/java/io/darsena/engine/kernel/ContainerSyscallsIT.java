package io.darsena.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.runtime.CapabilitySet;
import io.darsena.runtime.seccomp.SeccompAction;
import io.darsena.runtime.seccomp.SeccompContext;
import io.darsena.runtime.seccomp.SeccompProfile;
import io.darsena.runtime.seccomp.SyscallTable;
import io.darsena.runtime.seccomp.SystemCall;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Every system call number, made inside a container with Docker's default filter and inside one without: where the
/// published profile lets a call through both answer the same, and where it refuses, the errno is the profile's.
@Timeout(300)
class ContainerSyscallsIT {

    /// Linux 6.18 makes these without asking any filter (kernel/seccomp.c).
    private static final Set<String> NEVER_FILTERED = Set.of("uprobe", "uretprobe");

    @TempDir
    Path temporary;

    private record Answer(int number, String outcome, long firstArgument) {}

    @Test
    void everySystemCallAnswersAsThePublishedProfileSays() throws Exception {
        Path probe = RealEngine.probe("seccomp_probe");
        try (RealEngine engine = new RealEngine(temporary.resolve("engine"), new UnconfinedMachine())) {
            ContainerSpec spec = RealEngine.spec("/seccomp_probe");
            List<Answer> filtered = answers(engine, spec, probe);
            List<Answer> unfiltered = answers(engine, spec.withHostname(UnconfinedMachine.HOSTNAME), probe);
            assertThat(filtered).hasSameSizeAs(unfiltered).hasSizeGreaterThan(500);
            judge(filtered, unfiltered);
        }
    }

    private static List<Answer> answers(RealEngine engine, ContainerSpec spec, Path probe) {
        ContainerId id = engine.containers().create(spec);
        engine.install(id, probe);
        RealEngine.Outcome outcome = engine.run(id);
        assertThat(outcome.code()).as(outcome.err().toString()).isZero();
        return outcome.out().stream()
                .map(line -> line.split(" ", -1))
                .map(fields ->
                        new Answer(Integer.parseInt(fields[0]), fields[1], Long.parseUnsignedLong(fields[2], 16)))
                .toList();
    }

    private static void judge(List<Answer> filtered, List<Answer> unfiltered) {
        SeccompContext context = SeccompContext.onThisHost(CapabilitySet.DOCKER_DEFAULT);
        List<String> wrong = new ArrayList<>();
        int proven = 0;
        for (int index = 0; index < filtered.size(); index++) {
            Answer with = filtered.get(index);
            Answer without = unfiltered.get(index);
            SystemCall call = SystemCall.of(context.machine(), with.number(), with.firstArgument(), -1, -1, -1, -1, -1);
            String name = SyscallTable.of(context.machine()).name(with.number());
            String expected = without.outcome();
            if (SeccompProfile.dockerDefault().verdict(call, context) instanceof SeccompAction.Errno(int errno)
                    && !expected.equals("skipped")) {
                expected = Integer.toString(errno);
                proven += expected.equals(without.outcome()) ? 0 : 1;
            }
            boolean excused = NEVER_FILTERED.contains(name) && with.equals(without);
            if (!with.outcome().equals(expected) && !excused) {
                wrong.add(String.format(
                        Locale.ROOT, "%s: expected %s, got %s, unfiltered %s", name, expected, with, without));
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(proven).as("refusals that can only be the filter's").isGreaterThan(30);
    }
}
