package io.darsena.bridge.registry;

/// What a person or program shows a registry. Its text never holds the secret.
public sealed interface RegistryCredential {

    /// A name and a password, or a personal access token in its place.
    record Password(String user, Secret password) implements RegistryCredential {
        public Password {
            if (user.isBlank() || user.indexOf(':') >= 0) {
                throw new IllegalArgumentException("a user has a name, without a colon");
            }
            if (password.isEmpty()) {
                throw new IllegalArgumentException("a user has a password");
            }
        }
    }

    /// An OAuth2 refresh token that a registry gave out at a login (Docker's `identitytoken`).
    record IdentityToken(Secret token) implements RegistryCredential {
        public IdentityToken {
            requireOneLine(token);
        }
    }

    /// A bearer token that is sent as it is (Docker's `registrytoken`).
    record RegistryToken(Secret token) implements RegistryCredential {
        public RegistryToken {
            requireOneLine(token);
        }
    }

    private static void requireOneLine(Secret token) {
        if (!token.fitsHeader()) {
            throw new IllegalArgumentException("a token is one line, without control characters");
        }
    }
}
