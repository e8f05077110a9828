package io.darsena.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.contract.OtherJvm;
import io.darsena.bridge.contract.Patience;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A `darsena serve` as a process of its own, below a directory of the test's.
final class ServeProcess {

    private static final Duration PATIENCE = Patience.ofSeconds(60);

    private final Process process;
    private final Path log;

    private ServeProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /// Starts it and does not wait.
    static ServeProcess begin(Path directory, List<String> arguments) throws IOException {
        Path log = Files.createTempFile(directory, "serve", ".log");
        List<String> command = OtherJvm.command(Serve.class);
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new ServeProcess(process, log);
    }

    /// Starts it and waits until it serves.
    static ServeProcess start(Path directory, Path root, Path socket) throws IOException, InterruptedException {
        ServeProcess serve = begin(directory, List.of("--root", root.toString(), "--socket", socket.toString()));
        serve.awaitLine("serving on");
        return serve;
    }

    void awaitLine(String text) throws InterruptedException {
        for (int tries = 0; tries < PATIENCE.toSeconds() * 20 && !output().contains(text); tries++) {
            if (!process.isAlive() && !output().contains(text)) {
                throw new AssertionError("it ended and did not say '" + text + "': " + output());
            }
            Thread.sleep(50);
        }
        assertThat(output()).contains(text);
    }

    String output() {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException missing) {
            return "";
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// Waits for its end.
    int status() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE)).as(output()).isTrue();
        return process.exitValue();
    }

    /// Sends TERM and waits.
    int terminate() throws InterruptedException {
        process.destroy();
        return status();
    }

    /// However it stands.
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }
}
