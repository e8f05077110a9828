package io.darsena.bridge.trust;

import java.util.regex.Pattern;

/// A public key by the name that a person gave it.
///
/// @param pem `PUBLIC KEY` of ECDSA, Ed25519 or RSA
public record TrustedKey(String name, String pem) implements Comparable<TrustedKey> {

    public static final int LONGEST_PEM = 8_192;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN PUBLIC KEY-----[A-Za-z0-9+/=\\s]{40,8000}-----END PUBLIC KEY-----\\s*");

    /// @throws IllegalArgumentException when it says why
    public TrustedKey {
        requireName(name);
        if (pem.length() > LONGEST_PEM || !PEM.matcher(pem).matches()) {
            throw new IllegalArgumentException("not a public key in PEM (-----BEGIN PUBLIC KEY-----)");
        }
    }

    /// @throws IllegalArgumentException when a key cannot be called so
    public static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "the name of a key has 1 to 63 letters, digits, dots, dashes and underscores, a letter or digit first");
        }
    }

    @Override
    public int compareTo(TrustedKey other) {
        return name.compareTo(other.name);
    }
}
