package io.darsena.runtime.seccomp;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/// Runs the program of `seccomp_probe.c`, and judges what it prints (its head explains how).
final class SyscallProbe {

    private static final Set<String> NEVER_FILTERED = Set.of("uprobe", "uretprobe");

    private final Path program;

    private SyscallProbe(Path program) {
        this.program = program;
    }

    /// One line that the probe printed.
    record Outcome(int number, String outcome, long firstArgument) {}

    /// What a filtered run compared with an unfiltered one shows.
    ///
    /// @param proven refusals that can only be the filter's: the kernel itself answers otherwise
    record Judgement(List<String> contradictions, int allowed, int refused, int proven) {}

    /// The one that the build made.
    static SyscallProbe built() {
        try {
            return new SyscallProbe(
                    Path.of(Objects.requireNonNull(SyscallProbe.class.getResource("/probes/seccomp_probe"))
                            .toURI()));
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    List<Outcome> run(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(options));
        List<Outcome> outcomes = new ArrayList<>();
        for (String line : run(command).lines().toList()) {
            String[] fields = line.split(" ", -1);
            outcomes.add(new Outcome(Integer.parseInt(fields[0]), fields[1], Long.parseUnsignedLong(fields[2], 16)));
        }
        return outcomes;
    }

    static Judgement judge(
            SeccompProfile profile, SeccompContext context, List<Outcome> unfiltered, List<Outcome> filtered) {
        List<String> contradictions = new ArrayList<>();
        int allowed = 0;
        int refused = 0;
        int proven = 0;
        for (int index = 0; index < unfiltered.size(); index++) {
            Outcome without = unfiltered.get(index);
            Outcome with = filtered.get(index);
            SystemCall call =
                    SystemCall.of(context.machine(), without.number(), without.firstArgument(), -1, -1, -1, -1, -1);
            String name = SyscallTable.of(context.machine()).name(without.number());
            SeccompAction verdict = profile.verdict(call, context);
            String expected = without.outcome();
            if (verdict instanceof SeccompAction.Errno(int errno) && !expected.equals("skipped")) {
                expected = Integer.toString(errno);
                refused++;
                proven += expected.equals(without.outcome()) ? 0 : 1;
            } else {
                allowed++;
            }
            boolean excused = NEVER_FILTERED.contains(name) && with.equals(without);
            if (!with.outcome().equals(expected) && !excused) {
                contradictions.add(String.format(
                        Locale.ROOT,
                        "%s(%x): expected %s, got %s (unfiltered %s)",
                        name,
                        without.firstArgument(),
                        expected,
                        with.outcome(),
                        without.outcome()));
            }
        }
        return new Judgement(contradictions, allowed, refused, proven);
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("seccomp-probe", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            int code = process.waitFor();
            String text = Files.readString(output);
            if (code != 0) {
                throw new IOException(command + " ended with " + code + ": " + text);
            }
            return text;
        } finally {
            Files.delete(output);
        }
    }
}
