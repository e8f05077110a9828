package io.darsena.engine.registry.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/// The key beside a certificate to show, in PEM: PKCS #8, or as older tools write it, PKCS #1 (RSA) and SEC 1
/// (EC).
final class ClientKey {

    private static final Pattern PEM =
            Pattern.compile("-----BEGIN (RSA |EC )?PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END \\1?PRIVATE KEY-----");

    private ClientKey() {}

    /// @param algorithm as the JDK calls the certificate's
    /// @return empty when the file holds no unencrypted key
    static Optional<PrivateKey> read(Path file, String algorithm) throws IOException, GeneralSecurityException {
        Matcher pem = PEM.matcher(Files.readString(file, StandardCharsets.US_ASCII));
        if (!pem.find()) {
            return Optional.empty();
        }
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(pem.group(2));
            byte[] wrapped = switch (Optional.ofNullable(pem.group(1)).orElse("")) {
                case "RSA " -> ofRsa(encoded);
                case "EC " -> ofEc(encoded);
                default -> encoded;
            };
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(wrapped)));
        } catch (IllegalArgumentException malformed) {
            throw new GeneralSecurityException(malformed);
        }
    }

    private static byte[] ofRsa(byte[] key) throws IOException {
        return wrapped(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE, RSAPrivateKey.getInstance(key));
    }

    private static byte[] ofEc(byte[] encoded) throws IOException, GeneralSecurityException {
        ECPrivateKey key = ECPrivateKey.getInstance(encoded);
        if (key.getParametersObject() == null) {
            throw new GeneralSecurityException("it does not name its curve");
        }
        return wrapped(X9ObjectIdentifiers.id_ecPublicKey, key.getParametersObject(), key);
    }

    private static byte[] wrapped(ASN1ObjectIdentifier kind, ASN1Encodable parameters, ASN1Encodable key)
            throws IOException {
        return new PrivateKeyInfo(new AlgorithmIdentifier(kind, parameters), key).getEncoded();
    }
}
