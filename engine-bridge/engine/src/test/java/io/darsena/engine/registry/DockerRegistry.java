package io.darsena.engine.registry;

import io.darsena.bridge.contract.ForeignProgram;
import io.darsena.engine.image.LayoutBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLConnection;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// Debian's `docker-registry`, with its data in a directory, on a free port of the loopback.
final class DockerRegistry implements AutoCloseable {

    static final String USER = "ann";
    static final String PASSWORD = "s3cret pass";

    private static final Path PROGRAM = Path.of("/usr/bin/docker-registry");

    /// bcrypt, which alone the registry takes.
    private static final String ENTRY = USER + ":$2y$05$abcdefghijklmnopqrstuu1qdcFaS0PtqFUPzaCxLQ8/0lspH0ZEW";

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
        ForeignProgram.require("docker-registry", Files.isExecutable(PROGRAM));
        Files.createDirectories(directory);
        TestCertificate.make(directory);
        return start(directory, "");
    }

    private static DockerRegistry start(Path directory, String more) throws Exception {
        ForeignProgram.require("docker-registry", Files.isExecutable(PROGRAM));
        Files.createDirectories(directory);
        int port = freePort();
        String tls = Files.exists(TestCertificate.of(directory))
                ? ", tls: {certificate: " + TestCertificate.of(directory) + ", key: " + TestCertificate.key(directory)
                        + "}"
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

    /// A manifest as text.
    String manifest(String repository, String reference) throws IOException {
        URLConnection connection =
                at(repository + "/manifests/" + reference).toURL().openConnection();
        connection.setRequestProperty("Accept", "application/vnd.oci.image.manifest.v1+json");
        try (InputStream body = connection.getInputStream()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    void putBlob(String repository, byte[] bytes) throws Exception {
        HttpResponse<String> begun = send("POST", at(repository + "/blobs/uploads/"), "text/plain", new byte[0]);
        URI place = URI.create(begun.headers().firstValue("Location").orElseThrow());
        send("PUT", URI.create(place + "&digest=" + LayoutBuilder.digest(bytes)), "application/octet-stream", bytes);
    }

    void putManifest(String repository, String reference, String mediaType, byte[] bytes) throws Exception {
        send("PUT", at(repository + "/manifests/" + reference), mediaType, bytes);
    }

    private URI at(String path) {
        return URI.create("http://" + host() + "/v2/" + path);
    }

    private static HttpResponse<String> send(String method, URI uri, String type, byte[] body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Content-Type", type)
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new IOException(method + " " + uri + ": " + answer.statusCode() + " " + answer.body());
            }
            return answer;
        }
    }

    Path certificate() {
        return TestCertificate.of(directory);
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
