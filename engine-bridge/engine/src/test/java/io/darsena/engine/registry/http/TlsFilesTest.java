package io.darsena.engine.registry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Certificates and keys as they lie on disk.
class TlsFilesTest {

    @TempDir
    Path directory;

    private Path openssl(String file, String... arguments) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Path out = directory.resolve(file);
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(out.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0)
                .as(String.join(" ", command))
                .isTrue();
        return out;
    }

    @Test
    void aKeyOfOlderToolsIsReadAsTheSame() throws Exception {
        Path sec1 = openssl("sec1.key", "ecparam", "-name", "prime256v1", "-genkey");
        assertThat(sec1).content().contains("BEGIN EC PARAMETERS", "BEGIN EC PRIVATE KEY");
        Path ec = openssl("ec.key", "pkcs8", "-topk8", "-nocrypt", "-in", "sec1.key");
        assertThat(((ECPrivateKey) ClientKey.read(sec1, "EC").orElseThrow()).getS())
                .isEqualTo(((ECPrivateKey) ClientKey.read(ec, "EC").orElseThrow()).getS());
        Path pkcs8 = openssl("pkcs8.key", "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048");
        Path pkcs1 = openssl("pkcs1.key", "rsa", "-traditional", "-in", "pkcs8.key");
        assertThat(pkcs1).content().contains("BEGIN RSA PRIVATE KEY");
        assertThat(((RSAPrivateKey) ClientKey.read(pkcs1, "RSA").orElseThrow()).getPrivateExponent())
                .isEqualTo(((RSAPrivateKey) ClientKey.read(pkcs8, "RSA").orElseThrow()).getPrivateExponent());
    }

    @Test
    void whatIsNoKeyOrEncryptedIsSaidSo() throws Exception {
        Path encrypted = openssl(
                "encrypted.key",
                "genpkey",
                "-algorithm",
                "EC",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-aes128",
                "-pass",
                "pass:secret");
        assertThat(ClientKey.read(encrypted, "EC")).isEmpty();
        Path broken = Files.writeString(
                directory.resolve("broken.key"),
                "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n");
        assertThatThrownBy(() -> ClientKey.read(broken, "RSA")).isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void whatTheSystemTrustsIsFoundWhereItsKindKeepsIt() throws IOException {
        assertThat(TlsTrust.ofTheSystem(directory)).isEmpty();
        for (String place : List.of("etc/ssl/ca-bundle.pem", "etc/pki/tls/certs/ca-bundle.crt")) {
            Path file = directory.resolve(place);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "");
            assertThat(TlsTrust.ofTheSystem(directory)).contains(file);
        }
    }

    /// Root reads all directories.
    @Test
    void aDirectoryForOtherUsersIsPassedOver() throws IOException {
        Path theirs = Files.createDirectory(directory.resolve("registry.example"));
        Files.writeString(theirs.resolve("ca.crt"), "");
        assertThat(TlsChoice.gather(false, Optional.empty(), List.of(theirs)).authorities())
                .hasSize(1);
        Files.setPosixFilePermissions(theirs, PosixFilePermissions.fromString("---------"));
        assertThat(TlsChoice.gather(false, Optional.empty(), List.of(theirs)).authorities())
                .hasSize(Files.isReadable(theirs) ? 1 : 0);
        Files.setPosixFilePermissions(theirs, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void aFileThatNobodyCanReadIsPassedOver() throws IOException {
        Path theirs = Files.createDirectory(directory.resolve("registry.example"));
        Files.writeString(theirs.resolve("ca.crt"), "");
        Files.createSymbolicLink(theirs.resolve("round.crt"), Path.of("round.crt"));
        assertThat(TlsChoice.gather(false, Optional.empty(), List.of(theirs)).authorities())
                .hasSize(1);
    }
}
