package io.darsena.engine.registry;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/// Debian's `docker-registry`, with its data in a directory, on a free port of the loopback.
final class DockerRegistry implements AutoCloseable {

    static final String USER = "ann";
    static final String PASSWORD = "s3cret pass";

    private static final Path PROGRAM = Path.of("/usr/bin/docker-registry");

    /// bcrypt, which alone the registry takes.
    private static final String ENTRY = USER + ":$2y$05$abcdefghijklmnopqrstuu1qdcFaS0PtqFUPzaCxLQ8/0lspH0ZEW";

    private static final Base64.Encoder PEM = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private final Path directory;
    private final int port;
    private final Process process;

    private DockerRegistry(Path directory, int port, Process process) {
        this.directory = directory;
        this.port = port;
        this.process = process;
    }

    static DockerRegistry plain(Path directory) throws Exception {
        return start(directory, "");
    }

    static DockerRegistry withLogin(Path directory) throws Exception {
        Files.createDirectories(directory);
        Path users = Files.writeString(directory.resolve("users"), ENTRY + "\n");
        return start(directory, "auth: {htpasswd: {realm: test, path: " + users + "}}\n");
    }

    static DockerRegistry encrypted(Path directory) throws Exception {
        Files.createDirectories(directory);
        makeCertificate(directory);
        return start(directory, "");
    }

    private static DockerRegistry start(Path directory, String more) throws Exception {
        assumeTrue(Files.isExecutable(PROGRAM), "docker-registry (Debian package) is not installed");
        Files.createDirectories(directory);
        int port = freePort();
        String tls = Files.exists(certificate(directory))
                ? ", tls: {certificate: " + certificate(directory) + ", key: " + directory.resolve("key.pem") + "}"
                : "";
        Path config = Files.writeString(
                directory.resolve("config.yml"), """
                version: 0.1
                log: {level: error}
                storage: {filesystem: {rootdirectory: %s}, delete: {enabled: true}}
                http: {addr: "127.0.0.1:%d"%s}
                %s""".formatted(directory.resolve("data"), port, tls, more));
        Process process = new ProcessBuilder(PROGRAM.toString(), "serve", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        DockerRegistry registry = new DockerRegistry(directory, port, process);
        registry.await();
        return registry;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void await() throws Exception {
        for (int i = 0; i < 400; i++) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
                return;
            } catch (IOException notYet) {
                if (!process.isAlive()) {
                    throw new IOException("docker-registry ended: " + Files.readString(directory.resolve("log")));
                }
                Thread.sleep(25);
            }
        }
        throw new IOException("docker-registry does not answer");
    }

    String host() {
        return "127.0.0.1:" + port;
    }

    static Path certificate(Path directory) {
        return directory.resolve("certificate.pem");
    }

    Path certificate() {
        return certificate(directory);
    }

    /// One that has signed itself.
    private static void makeCertificate(Path directory) throws Exception {
        Path store = directory.resolve("store.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keystore",
                        store.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-alias",
                        "registry",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=registry of a test",
                        "-ext",
                        "SAN=ip:127.0.0.1",
                        "-ext",
                        "BC=ca:true")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
            throw new IOException("keytool failed");
        }
        write(store, directory);
    }

    private static void write(Path store, Path directory) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream stream = Files.newInputStream(store)) {
            keys.load(stream, "changeit".toCharArray());
        }
        Key key = keys.getKey("registry", "changeit".toCharArray());
        Files.writeString(directory.resolve("key.pem"), pem("PRIVATE KEY", key.getEncoded()));
        Files.writeString(
                certificate(directory),
                pem("CERTIFICATE", keys.getCertificate("registry").getEncoded()));
    }

    private static String pem(String kind, byte[] encoded) {
        return "-----BEGIN " + kind + "-----\n" + PEM.encodeToString(encoded) + "\n-----END " + kind + "-----\n";
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
