package io.darsena.engine.trust;

import io.darsena.bridge.error.CorruptedException;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.trust.Signatures;
import io.darsena.bridge.trust.TrustedKey;
import io.darsena.engine.registry.FoundSignature;
import java.security.PublicKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What signatures are worth for one image. A signature counts when it is of one of the keys, of this digest, and made
/// for this repository: one that was made for another image's repository says nothing about this one. Those in bundles
/// name no repository and count wherever the digest is found.
record Judgement(ImageReference name, Digest digest, List<TrustedKey> keys) {

    Signatures of(List<FoundSignature> found) {
        if (found.isEmpty()) {
            return new Signatures.Unsigned();
        }
        Map<String, PublicKey> parsed = new LinkedHashMap<>();
        Set<String> signers = new TreeSet<>();
        String reason = "it is signed by nobody whose key is trusted for it";
        for (TrustedKey key : keys) {
            try {
                parsed.put(key.name(), PublicKeys.parse(key.pem()));
            } catch (IllegalArgumentException unreadable) {
                reason = "the trusted key " + key.name() + " cannot be read: " + unreadable.getMessage();
            }
        }
        for (FoundSignature each : found) {
            if (each instanceof FoundSignature.Unreadable unreadable) {
                reason = "a signature of it cannot be read: " + unreadable.reason();
            }
        }
        for (FoundSignature each : found) {
            for (String signer : signers(each, parsed)) {
                Optional<String> wrong = wrong(each);
                if (wrong.isEmpty()) {
                    signers.add(signer);
                } else {
                    reason = "what " + signer + " has signed is " + wrong.get();
                }
            }
        }
        return signers.isEmpty() ? new Signatures.Untrusted(reason) : new Signatures.Signed(List.copyOf(signers));
    }

    /// The names of the keys that a signature verifies with, whatever it is of.
    private static List<String> signers(FoundSignature found, Map<String, PublicKey> keys) {
        return switch (found) {
            case FoundSignature.Simple simple -> {
                try {
                    yield signers(simple.payload(), PublicKeys.base64(simple.signature()), keys);
                } catch (IllegalArgumentException malformed) {
                    yield List.of();
                }
            }
            case FoundSignature.Enveloped enveloped ->
                signers(ImageStatement.signed(enveloped), enveloped.signature(), keys);
            case FoundSignature.Unreadable unreadable -> List.of();
        };
    }

    private static List<String> signers(byte[] content, byte[] signature, Map<String, PublicKey> keys) {
        return keys.entrySet().stream()
                .filter(key -> PublicKeys.verifies(key.getValue(), content, signature))
                .map(Map.Entry::getKey)
                .toList();
    }

    /// Why what is signed does not speak of this image.
    private Optional<String> wrong(FoundSignature found) {
        try {
            return switch (found) {
                case FoundSignature.Simple simple -> wrong(SimpleSigning.parse(simple.payload()));
                case FoundSignature.Enveloped enveloped -> wrong(ImageStatement.parse(enveloped));
                case FoundSignature.Unreadable unreadable -> Optional.of(unreadable.reason());
            };
        } catch (CorruptedException malformed) {
            return Optional.of("no statement about an image: " + malformed.reason());
        }
    }

    private Optional<String> wrong(SimpleSigning said) {
        if (!said.digest().equals(digest)) {
            return Optional.of("another image, " + said.digest());
        }
        String repository = SimpleSigning.repository(name);
        return said.repository().equals(repository)
                ? Optional.empty()
                : Optional.of("for " + said.repository() + ", not for " + repository);
    }

    private Optional<String> wrong(ImageStatement said) {
        return said.isAbout(digest)
                ? Optional.empty()
                : Optional.of("another image, " + said.subjects().getFirst());
    }
}
