package io.darsena.app.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What the first word of the command line decides, in a process of its own.
@Timeout(120)
class MainTest {

    private record Ended(int status, String said) {}

    private static Ended run(String... arguments) throws Exception {
        List<String> command = Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Main.class.getName()),
                        Stream.of(arguments))
                .toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), said);
    }

    @Test
    void theWordServeMeansTheEngineWithoutAWindow() throws Exception {
        Ended help = run("serve", "--help");
        assertThat(help.status()).isZero();
        assertThat(help.said()).contains("Usage: darsena serve").contains("--socket");
        Ended wrong = run("serve", "--theme", "dark");
        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.said()).contains("Unknown option").contains("--theme");
    }

    @Test
    void withoutItTheOptionsAreTheWindowsAndServeIsNamedAmongThem() throws Exception {
        assertThat(run("--help").said()).contains("--theme light|dark|system").contains("darsena serve [--root DIR]");
        assertThat(run("--root", "/nonexistent", "serve").said()).contains("unknown option serve");
    }
}
