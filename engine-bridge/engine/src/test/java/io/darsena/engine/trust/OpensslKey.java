package io.darsena.engine.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A pair of keys that the openssl command has made and signs with.
public record OpensslKey(Path directory, String kind, String publicKey) {

    private static final String PRIVATE = "private.pem";

    public static OpensslKey make(Path directory, String kind, String... options) throws IOException {
        Files.createDirectories(directory);
        List<String> command = new ArrayList<>(List.of("genpkey", "-algorithm", kind, "-out", PRIVATE));
        command.addAll(List.of(options));
        openssl(directory, command.toArray(String[]::new));
        openssl(directory, "pkey", "-in", PRIVATE, "-pubout", "-out", "public.pem");
        return new OpensslKey(directory, kind, Files.readString(directory.resolve("public.pem")));
    }

    String privateKey() throws IOException {
        return Files.readString(directory.resolve(PRIVATE));
    }

    /// @return in base64
    public String sign(byte[] content, String... options) throws IOException {
        Files.write(directory.resolve("content"), content);
        List<String> command = new ArrayList<>(
                kind.equals("ED25519")
                        ? List.of(
                                "pkeyutl", "-sign", "-rawin", "-inkey", PRIVATE, "-in", "content", "-out", "signature")
                        : List.of("dgst", "-sha256", "-sign", PRIVATE, "-out", "signature"));
        command.addAll(List.of(options));
        if (!kind.equals("ED25519")) {
            command.add("content");
        }
        openssl(directory, command.toArray(String[]::new));
        return Base64.getEncoder().encodeToString(Files.readAllBytes(directory.resolve("signature")));
    }

    static void openssl(Path directory, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Path log = directory.resolve("log");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + ": " + Files.readString(log));
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }
}
