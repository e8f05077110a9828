package io.darsena.launch;

import io.darsena.bridge.contract.ForeignProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;

/// Debian's `docker-registry` as a process of its own, on a free port of the loopback, which wants a login.
final class RegistryProcess implements AutoCloseable {

    static final String USER = "ann";
    static final String PASSWORD = "s3cret pass";

    private static final Path PROGRAM = Path.of("/usr/bin/docker-registry");

    /// bcrypt, which alone the registry takes.
    private static final String ENTRY = USER + ":$2y$05$abcdefghijklmnopqrstuu1qdcFaS0PtqFUPzaCxLQ8/0lspH0ZEW";

    private static final int TRIES = 400;
    private static final int PAUSE = 25;

    private final Path directory;
    private final int port;
    private final Process process;

    private RegistryProcess(Path directory, int port, Process process) {
        this.directory = directory;
        this.port = port;
        this.process = process;
    }

    static RegistryProcess start(Path directory) throws IOException, InterruptedException {
        ForeignProgram.require("docker-registry", Files.isExecutable(PROGRAM));
        Files.createDirectories(directory);
        Path users = Files.writeString(directory.resolve("users"), ENTRY + "\n");
        int port = freePort();
        Path config = Files.writeString(
                directory.resolve("config.yml"), """
                version: 0.1
                log: {level: error}
                storage: {filesystem: {rootdirectory: %s}}
                http: {addr: "127.0.0.1:%d"}
                auth: {htpasswd: {realm: test, path: %s}}
                """.formatted(directory.resolve("data"), port, users));
        Process process = new ProcessBuilder(PROGRAM.toString(), "serve", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        RegistryProcess registry = new RegistryProcess(directory, port, process);
        registry.await();
        return registry;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void await() throws IOException, InterruptedException {
        for (int tries = 0; tries < TRIES && process.isAlive(); tries++) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
                return;
            } catch (IOException notYet) {
                Thread.sleep(PAUSE);
            }
        }
        process.destroyForcibly();
        throw new IOException("docker-registry does not answer: " + Files.readString(directory.resolve("log")));
    }

    String host() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }
}
