package io.darsena.docker.wire;

import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.PullRequest;
import io.darsena.bridge.registry.RegistryCredential;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.bridge.registry.Secret;
import java.util.Objects;
import java.util.Optional;

/// The body of a request of Darsena's own that may hold a secret. It travels by [BridgeJson#confidential] alone.
public sealed interface RegistryRequest {

    /// What is to be pulled, pushed, described or looked at.
    record OfImage(ImageReference name, Optional<String> platform, Optional<RegistryCredential> credential)
            implements RegistryRequest {

        public OfImage {
            Objects.requireNonNull(name, "no name is given");
        }

        public static OfImage of(PullRequest request) {
            return new OfImage(request.name(), request.platform(), request.credential());
        }

        public PullRequest pull() {
            return new PullRequest(name, platform, credential);
        }
    }

    /// What is to be listed there.
    ///
    /// @param of a repository, whose tags; or the words that a repository's name has
    record Listing(RegistryHost registry, String of, Optional<RegistryCredential> credential, int limit)
            implements RegistryRequest {

        public Listing {
            Objects.requireNonNull(registry, "no registry is given");
            Objects.requireNonNull(of, "nothing is given to look for");
            if (limit < 0) {
                throw new IllegalArgumentException("a limit below 0");
            }
        }
    }

    /// What opens or makes a signing key.
    ///
    /// @param pem of a key that is imported; empty otherwise
    record Key(String name, String pem, Secret password) implements RegistryRequest {

        public Key {
            Objects.requireNonNull(name, "no name is given");
            Objects.requireNonNull(pem, "no key is given");
            Objects.requireNonNull(password, "no password is given");
        }
    }

    /// Who wants to log in where.
    record Login(RegistryHost registry, RegistryCredential credential) implements RegistryRequest {

        public Login {
            Objects.requireNonNull(registry, "no registry is given");
            Objects.requireNonNull(credential, "no credential is given");
        }
    }
}
