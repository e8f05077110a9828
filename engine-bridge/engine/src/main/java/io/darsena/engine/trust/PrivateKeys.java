package io.darsena.engine.trust;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.jce.ECNamedCurveTable;
import org.bouncycastle.jce.spec.ECNamedCurveParameterSpec;

/// Private keys: what they sign, and the public keys that belong to them.
final class PrivateKeys {

    private PrivateKeys() {}

    /// @return in base64
    static String sign(PrivateKey key, byte[] content) {
        String algorithm = switch (key) {
            case ECPrivateKey ec -> "SHA256withECDSA";
            case EdECPrivateKey ed -> "Ed25519";
            default -> "SHA256withRSA";
        };
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(content);
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("a key that was read cannot sign", failure);
        }
    }

    /// PKCS #8 need not hold the public key, but it follows from the private one.
    static PublicKey publicKey(PrivateKey key) {
        try {
            return switch (key) {
                case ECPrivateKey ec -> ofCurve(ec);
                case RSAPrivateCrtKey rsa ->
                    KeyFactory.getInstance("RSA")
                            .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
                default -> {
                    Ed25519PrivateKeyParameters secret =
                            (Ed25519PrivateKeyParameters) PrivateKeyFactory.createKey(key.getEncoded());
                    byte[] der = SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(secret.generatePublicKey())
                            .getEncoded();
                    yield KeyFactory.getInstance("Ed25519")
                            .generatePublic(new java.security.spec.X509EncodedKeySpec(der));
                }
            };
        } catch (GeneralSecurityException | java.io.IOException failure) {
            throw new IllegalStateException("a key that was read has no public part", failure);
        }
    }

    private static PublicKey ofCurve(ECPrivateKey key) throws GeneralSecurityException {
        int bits = key.getParams().getCurve().getField().getFieldSize();
        ECNamedCurveParameterSpec curve = ECNamedCurveTable.getParameterSpec("secp" + bits + "r1");
        org.bouncycastle.math.ec.ECPoint point =
                curve.getG().multiply(key.getS()).normalize();
        BigInteger x = point.getAffineXCoord().toBigInteger();
        BigInteger y = point.getAffineYCoord().toBigInteger();
        return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(new ECPoint(x, y), key.getParams()));
    }
}
