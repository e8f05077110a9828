package io.darsena.engine.trust;

import io.darsena.bridge.error.CorruptedException;
import io.darsena.bridge.error.UnavailableException;
import io.darsena.bridge.registry.Secret;
import io.darsena.engine.json.JsonObject;
import io.darsena.engine.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.crypto.generators.SCrypt;
import tools.jackson.databind.node.ObjectNode;

/// A private key (PKCS #8) as cosign keeps it: JSON in PEM, a key from the password by scrypt, NaCl's secretbox
/// (XSalsa20 and Poly1305) around it.
final class EncryptedKey {

    private static final String LABEL = "ENCRYPTED SIGSTORE PRIVATE KEY";
    private static final String OLD_LABEL = "ENCRYPTED COSIGN PRIVATE KEY";
    private static final int COST = 65_536;
    private static final int BLOCK = 8;
    private static final int LARGEST_COST = 1 << 20;
    private static final long MOST_MEMORY = 128L * COST * BLOCK;
    private static final int SALT = 32;

    private EncryptedKey() {}

    static String write(PrivateKey key, Secret password) {
        SecureRandom random = new SecureRandom();
        byte[] salt = new byte[SALT];
        byte[] nonce = new byte[SecretBox.NONCE];
        random.nextBytes(salt);
        random.nextBytes(nonce);
        byte[] derived = derive(password, salt, COST, BLOCK, 1);
        byte[] sealed = SecretBox.seal(key.getEncoded(), derived, nonce);
        Base64.Encoder base64 = Base64.getEncoder();
        ObjectNode document = JsonText.object();
        ObjectNode kdf = document.putObject("kdf").put("name", "scrypt");
        kdf.putObject("params").put("N", COST).put("r", BLOCK).put("p", 1);
        kdf.put("salt", base64.encodeToString(salt));
        document.putObject("cipher").put("name", "nacl/secretbox").put("nonce", base64.encodeToString(nonce));
        document.put("ciphertext", base64.encodeToString(sealed));
        return Pem.text(LABEL, document.toString().getBytes(StandardCharsets.UTF_8));
    }

    /// @return empty when the password does not open it
    /// @throws IllegalArgumentException when it is no such key
    static Optional<PrivateKey> read(String pem, Secret password) {
        JsonObject document;
        try {
            document = JsonObject.parse(Pem.bytes(pem, LABEL, OLD_LABEL), "signing key");
            JsonObject kdf = document.object("kdf");
            JsonObject cipher = document.object("cipher");
            if (!kdf.text("name").equals("scrypt") || !cipher.text("name").equals("nacl/secretbox")) {
                throw new IllegalArgumentException("its encryption is none of cosign's");
            }
            JsonObject parameters = kdf.object("params");
            byte[] derived = derive(
                    password,
                    kdf.value("salt", Base64.getDecoder()::decode),
                    bounded(parameters, "N", LARGEST_COST),
                    bounded(parameters, "r", 2 * BLOCK),
                    bounded(parameters, "p", 4));
            byte[] nonce = cipher.value("nonce", Base64.getDecoder()::decode);
            if (nonce.length != SecretBox.NONCE) {
                throw new IllegalArgumentException("its nonce has not 24 bytes");
            }
            return SecretBox.open(document.value("ciphertext", Base64.getDecoder()::decode), derived, nonce)
                    .map(EncryptedKey::privateKey);
        } catch (CorruptedException malformed) {
            throw new IllegalArgumentException(malformed.reason(), malformed);
        }
    }

    private static int bounded(JsonObject parameters, String name, int most) {
        long value = parameters.number(name);
        if (value < 1 || value > most || name.equals("N") && Long.bitCount(value) != 1) {
            throw new IllegalArgumentException("its " + name + " is " + value);
        }
        return (int) value;
    }

    /// Takes 128 bytes of memory for each unit of cost and block (RFC 7914): what cosign asks for, 64 MiB, and no more.
    private static byte[] derive(Secret password, byte[] salt, int cost, int block, int parallel) {
        if (128L * cost * block > MOST_MEMORY) {
            throw new IllegalArgumentException("to open it would take more than 64 MiB of memory");
        }
        try {
            return SCrypt.generate(
                    password.reveal().getBytes(StandardCharsets.UTF_8), salt, cost, block, parallel, SecretBox.KEY);
        } catch (OutOfMemoryError full) {
            throw new UnavailableException(
                    "unlock",
                    "a signing key",
                    "that takes 64 MiB of memory for a moment, which are not there",
                    "close what needs memory, and try again");
        }
    }

    private static PrivateKey privateKey(byte[] der) {
        for (String kind : List.of("EC", "Ed25519", "RSA")) {
            try {
                return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(der));
            } catch (GeneralSecurityException other) {
                // It may be of another kind.
            }
        }
        throw new IllegalArgumentException("what is in it is no key in PKCS #8");
    }
}
