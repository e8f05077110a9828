package io.darsena.engine.trust;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/// Public keys in PEM, and whether a signature is theirs: ECDSA with SHA-256 or the hash of its curve's size, RSA
/// (PKCS #1 v1.5 and PSS) with SHA-256, Ed25519.
final class PublicKeys {

    private static final int SMALLEST_RSA = 2_048;
    private static final int LARGEST_RSA = 8_192;
    private static final int SALT = 32;

    private PublicKeys() {}

    /// @throws IllegalArgumentException when it is no such key
    static PublicKey parse(String pem) {
        byte[] der = Pem.bytes(pem, "PUBLIC KEY");
        for (String kind : List.of("EC", "Ed25519", "RSA")) {
            try {
                PublicKey key = KeyFactory.getInstance(kind).generatePublic(new X509EncodedKeySpec(der));
                if (key instanceof RSAPublicKey rsa) {
                    int bits = rsa.getModulus().bitLength();
                    if (bits < SMALLEST_RSA || bits > LARGEST_RSA) {
                        throw new IllegalArgumentException("an RSA key has 2048 to 8192 bits, not " + bits);
                    }
                }
                return key;
            } catch (GeneralSecurityException other) {
                // It may be of another kind.
            }
        }
        throw new IllegalArgumentException("a key is ECDSA, Ed25519 or RSA");
    }

    static boolean verifies(PublicKey key, byte[] content, byte[] signature) {
        return switch (key) {
            case ECPublicKey ec ->
                Stream.of("SHA256withECDSA", ofCurve(ec))
                        .distinct()
                        .anyMatch(algorithm -> verifies(key, algorithm, content, signature));
            case EdECPublicKey ed -> verifies(key, "Ed25519", content, signature);
            case RSAPublicKey rsa ->
                verifies(key, "SHA256withRSA", content, signature) || verifies(key, "RSASSA-PSS", content, signature);
            default -> false;
        };
    }

    /// Cosign signs with SHA-384 on P-384 and with SHA-512 on P-521; its older releases did with SHA-256 on all.
    private static String ofCurve(ECPublicKey key) {
        return switch (key.getParams().getCurve().getField().getFieldSize()) {
            case 384 -> "SHA384withECDSA";
            case 521 -> "SHA512withECDSA";
            default -> "SHA256withECDSA";
        };
    }

    private static boolean verifies(PublicKey key, String algorithm, byte[] content, byte[] signature) {
        try {
            Signature check = Signature.getInstance(algorithm);
            if (algorithm.equals("RSASSA-PSS")) {
                check.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, SALT, 1));
            }
            check.initVerify(key);
            check.update(content);
            return check.verify(signature);
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }

    static String pem(PublicKey key) {
        return Pem.text("PUBLIC KEY", key.getEncoded());
    }

    static byte[] base64(String text) {
        return Base64.getDecoder().decode(text.strip());
    }
}
