package io.darsena.engine.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.registry.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptedKeyTest {

    private static final Secret PASSWORD = new Secret("open sesame");

    @TempDir
    Path directory;

    /// The example of "Cryptography in NaCl" (D. J. Bernstein, 2009), section 10.
    @Test
    void aBoxIsWhatNaClMakes() {
        HexFormat hex = HexFormat.of();
        byte[] key = hex.parseHex("1b27556473e985d462cd51197a9a46c76009549eac6474f206c4ee0844f68389");
        byte[] nonce = hex.parseHex("69696ee955b62b73cd62bda875fc73d68219e0036b7a0b37");
        byte[] plain = hex.parseHex("be075fc53c81f2d5cf141316ebeb0c7b5228c52a4c62cbd44b66849b64244ffc"
                + "e5ecbaaf33bd751a1ac728d45e6c61296cdc3c01233561f41db66cce314adb310e3be8250c46f06dceea3a7fa1348057"
                + "e2f6556ad6b1318a024a838f21af1fde048977eb48f59ffd4924ca1c60902e52f0a089bc76897040e082f93776384864"
                + "5e0705");
        byte[] sealed = SecretBox.seal(plain, key, nonce);
        assertThat(hex.formatHex(sealed))
                .isEqualTo("f3ffc7703f9400e52a7dfb4b3d3305d98e993b9f48681273c29650ba32fc76ce48332ea7164d96a4476fb8c5"
                        + "31a1186ac0dfc17c98dce87b4da7f011ec48c97271d2c20f9b928fe2270d6fb863d51738b48eeee314a7cc8ab932"
                        + "164548e526ae90224368517acfeabd6bb3732bc0e9da99832b61ca01b6de56244a9e88d5f9b37973f622a43d14a6"
                        + "599b1f654cb45a74e355a5");
        assertThat(SecretBox.open(sealed, key, nonce)).contains(plain);
        sealed[20] ^= 1;
        assertThat(SecretBox.open(sealed, key, nonce)).isEmpty();
    }

    @Test
    void keysOfEveryKindComeBackWithThePasswordAlone() throws Exception {
        for (List<String> kind : List.of(
                List.of("EC", "-pkeyopt", "ec_paramgen_curve:P-256"),
                List.of("ED25519"),
                List.of("RSA", "-pkeyopt", "rsa_keygen_bits:2048"))) {
            OpensslKey made = OpensslKey.make(
                    directory.resolve(kind.getFirst()),
                    kind.getFirst(),
                    kind.subList(1, kind.size()).toArray(String[]::new));
            String name = kind.getFirst().equals("ED25519") ? "Ed25519" : kind.getFirst();
            PrivateKey key = KeyFactory.getInstance(name)
                    .generatePrivate(new PKCS8EncodedKeySpec(Pem.bytes(made.privateKey(), "PRIVATE KEY")));
            String kept = EncryptedKey.write(key, PASSWORD);
            assertThat(kept).startsWith("-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----");
            PrivateKey read = EncryptedKey.read(kept, PASSWORD).orElseThrow();
            assertThat(read).isEqualTo(key);
            assertThat(PublicKeys.pem(PrivateKeys.publicKey(read))).isEqualTo(made.publicKey());
            assertThat(EncryptedKey.read(kept, new Secret("wrong"))).isEmpty();
            assertThat(EncryptedKey.read(kept, Secret.EMPTY)).isEmpty();
            assertThat(EncryptedKey.read(EncryptedKey.write(key, Secret.EMPTY), Secret.EMPTY))
                    .contains(key);
            byte[] content = "anything".getBytes(StandardCharsets.UTF_8);
            byte[] signature = PublicKeys.base64(PrivateKeys.sign(read, content));
            assertThat(PublicKeys.verifies(PublicKeys.parse(made.publicKey()), content, signature))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"kdf\":{\"name\":\"md5\"},\"cipher\":{\"name\":\"nacl/secretbox\"}}",
                "{\"kdf\":{\"name\":\"scrypt\",\"params\":{\"N\":1073741824,\"r\":8,\"p\":1},\"salt\":\"AA==\"},"
                        + "\"cipher\":{\"name\":\"nacl/secretbox\",\"nonce\":\"AA==\"},\"ciphertext\":\"AA==\"}",
                "{\"kdf\":{\"name\":\"scrypt\",\"params\":{\"N\":1048576,\"r\":16,\"p\":1},\"salt\":\"AA==\"},"
                        + "\"cipher\":{\"name\":\"nacl/secretbox\",\"nonce\":\"AA==\"},\"ciphertext\":\"AA==\"}",
                "{\"kdf\":{\"name\":\"scrypt\",\"params\":{\"N\":1024,\"r\":8,\"p\":1},\"salt\":\"AA==\"},"
                        + "\"cipher\":{\"name\":\"nacl/secretbox\",\"nonce\":\"AA==\"},\"ciphertext\":\"AA==\"}"
            })
    void whatIsNoSuchKeyIsRefused(String document) {
        String pem = Pem.text("ENCRYPTED COSIGN PRIVATE KEY", document.getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> EncryptedKey.read(pem, PASSWORD)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPlainKeyIsNoneThatIsTaken() throws IOException {
        OpensslKey plain = OpensslKey.make(directory, "ED25519");
        assertThatThrownBy(() -> EncryptedKey.read(plain.privateKey(), PASSWORD))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PRIVATE KEY");
        assertThatThrownBy(() -> PublicKeys.parse(plain.privateKey())).isInstanceOf(IllegalArgumentException.class);
    }
}
