package io.darsena.docker.server;

import io.darsena.bridge.contract.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The real docker command, pointed at a socket, with a configuration of its own.
public final class DockerCommand {

    private static final Duration PATIENCE = Patience.ofSeconds(60);

    private final Path executable;
    private final Path socket;
    private final Path home;

    private final Map<String, String> environment;

    public DockerCommand(Path executable, Path socket, Path home) {
        this(executable, socket, home, Map.of());
    }

    private DockerCommand(Path executable, Path socket, Path home, Map<String, String> environment) {
        this.executable = executable;
        this.socket = socket;
        this.home = home;
        this.environment = environment;
    }

    public DockerCommand withEnvironment(Map<String, String> more) {
        return new DockerCommand(executable, socket, home, more);
    }

    public record Outcome(int status, String stdout, String stderr) {}

    public static Optional<Path> find() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(directory -> Path.of(directory, "docker"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    public Outcome run(String... arguments) {
        try {
            Path stdout = Files.createTempFile(home, "stdout", "");
            Path stderr = Files.createTempFile(home, "stderr", "");
            Process process = begin(stdout, stderr, arguments);
            if (!process.waitFor(PATIENCE)) {
                process.destroyForcibly();
                throw new AssertionError("docker " + List.of(arguments) + " did not end: " + Files.readString(stderr));
            }
            return new Outcome(
                    process.exitValue(),
                    Files.readString(stdout, StandardCharsets.UTF_8),
                    Files.readString(stderr, StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    public Process begin(Path stdout, Path stderr, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(executable.toString(), "--host", "unix://" + socket));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(stdout.toFile())
                .redirectError(stderr.toFile());
        builder.environment().put("HOME", home.toString());
        builder.environment().put("DOCKER_CONFIG", home.toString());
        builder.environment().put("DOCKER_CLI_HINTS", "false");
        builder.environment().putAll(environment);
        return builder.start();
    }
}
