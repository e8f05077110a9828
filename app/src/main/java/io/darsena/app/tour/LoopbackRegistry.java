package io.darsena.app.tour;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A real registry on this machine's loopback for as long as pictures are taken: the program `docker-registry` of the
/// distribution, where it is installed.
final class LoopbackRegistry implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/bin/docker-registry");
    private static final int USUAL_PORT = 5000;
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Process process;
    private final Path folder;
    private final int port;

    private LoopbackRegistry(Process process, Path folder, int port) {
        this.process = process;
        this.folder = folder;
        this.port = port;
    }

    /// Empty where the program is not installed.
    static Optional<LoopbackRegistry> start() throws IOException {
        if (!Files.isExecutable(PROGRAM)) {
            return Optional.empty();
        }
        Path folder = Files.createTempDirectory("darsena-registry-");
        int port = freePort();
        Path config = Files.writeString(folder.resolve("config.yml"), """
                version: 0.1
                log:
                  level: error
                storage:
                  delete:
                    enabled: true
                  filesystem:
                    rootdirectory: %s
                http:
                  addr: 127.0.0.1:%d
                """.formatted(folder.resolve("data"), port));
        Process process = new ProcessBuilder(PROGRAM.toString(), "serve", config.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        LoopbackRegistry registry = new LoopbackRegistry(process, folder, port);
        registry.awaitAnswer();
        return Optional.of(registry);
    }

    private static int freePort() throws IOException {
        for (int port : List.of(USUAL_PORT, 0)) {
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                if (port == 0) {
                    throw taken;
                }
            }
        }
        throw new IllegalStateException("no port");
    }

    private void awaitAnswer() throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (process.isAlive() && System.nanoTime() < end) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException notYet) {
                Hand.pause(Duration.ofMillis(50));
            }
        }
        close();
        throw new IOException(PROGRAM + " does not answer on port " + port);
    }

    /// `localhost:5000`.
    String host() {
        return "localhost:" + port;
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        process.onExit().join();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
