package io.darsena.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The real program, started for tests by whoever runs them: root as root, an ordinary user rootless.
final class RealRuntime {

    private RealRuntime() {}

    static boolean rootless() {
        try {
            return !Files.readString(Path.of("/proc/self/status")).contains("\nUid:\t0\t0\t0\t0\n");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Skips the calling test, with the reason, where no user namespace can be had.
    static DarsenaRuntime open(Path directory) {
        RuntimeBinary binary = RuntimeBinary.located(directory.resolve("bin"));
        DarsenaRuntime runtime = DarsenaRuntime.open(binary, directory, rootless());
        List<RuntimeFacts.Reduction> reductions = runtime.facts().reductions();
        boolean usable = reductions.stream().noneMatch(reduction -> reduction.lack() == RuntimeFacts.Lack.NO_USERNS);
        if (!usable) {
            runtime.close();
        }
        assumeTrue(usable, () -> "this machine gives no user namespace: " + reductions);
        return runtime;
    }

    /// Names and values of a file's extended attributes of every kind, as GNU tar finds them.
    static SortedMap<String, String> attributesOf(Path file) throws Exception {
        String archive =
                run("tar", "--xattrs", "--xattrs-include=*", "--no-recursion", "-P", "-cf", "-", file.toString());
        var attributes = new TreeMap<String, String>();
        Matcher records =
                Pattern.compile("\\d+ SCHILY\\.xattr\\.([^=]+)=([^\n]*)\n").matcher(archive);
        while (records.find()) {
            attributes.put(records.group(1), records.group(2));
        }
        return attributes;
    }

    /// Runs a program and returns what it wrote.
    static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(String.join(" ", command) + ": " + output)
                .isZero();
        return output;
    }
}
