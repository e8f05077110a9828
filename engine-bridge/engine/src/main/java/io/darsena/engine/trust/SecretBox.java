package io.darsena.engine.trust;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.engines.XSalsa20Engine;
import org.bouncycastle.crypto.macs.Poly1305;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/// NaCl's crypto_secretbox: XSalsa20, whose first 32 bytes are the key of a Poly1305 over the rest, which stands before
/// it.
final class SecretBox {

    static final int KEY = 32;
    static final int NONCE = 24;

    private static final int TAG = 16;

    private SecretBox() {}

    static byte[] seal(byte[] plain, byte[] key, byte[] nonce) {
        byte[] streamed = stream(plain, key, nonce);
        byte[] body = Arrays.copyOfRange(streamed, KEY, streamed.length);
        byte[] sealed = Arrays.copyOf(tag(key, nonce, body), TAG + body.length);
        System.arraycopy(body, 0, sealed, TAG, body.length);
        return sealed;
    }

    /// @return empty when it was not sealed with this key, or was changed since
    static Optional<byte[]> open(byte[] sealed, byte[] key, byte[] nonce) {
        if (sealed.length < TAG) {
            return Optional.empty();
        }
        byte[] body = Arrays.copyOfRange(sealed, TAG, sealed.length);
        if (!MessageDigest.isEqual(tag(key, nonce, body), Arrays.copyOf(sealed, TAG))) {
            return Optional.empty();
        }
        byte[] streamed = stream(body, key, nonce);
        return Optional.of(Arrays.copyOfRange(streamed, KEY, streamed.length));
    }

    /// With the authenticator's key before it.
    private static byte[] stream(byte[] bytes, byte[] key, byte[] nonce) {
        byte[] padded = new byte[KEY + bytes.length];
        System.arraycopy(bytes, 0, padded, KEY, bytes.length);
        XSalsa20Engine engine = new XSalsa20Engine();
        engine.init(true, new ParametersWithIV(new KeyParameter(key), nonce));
        byte[] out = new byte[padded.length];
        engine.processBytes(padded, 0, padded.length, out, 0);
        return out;
    }

    private static byte[] tag(byte[] key, byte[] nonce, byte[] body) {
        Poly1305 authenticator = new Poly1305();
        authenticator.init(new KeyParameter(Arrays.copyOf(stream(new byte[0], key, nonce), KEY)));
        authenticator.update(body, 0, body.length);
        byte[] tag = new byte[TAG];
        authenticator.doFinal(tag, 0);
        return tag;
    }
}
