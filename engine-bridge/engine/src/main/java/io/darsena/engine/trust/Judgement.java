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
/// for this repository: one that was made for another image's repository says nothing about this one.
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
            byte[] signature;
            try {
                signature = PublicKeys.base64(each.signature());
            } catch (IllegalArgumentException malformed) {
                continue;
            }
            for (Map.Entry<String, PublicKey> key : parsed.entrySet()) {
                if (PublicKeys.verifies(key.getValue(), each.payload(), signature)) {
                    Optional<String> wrong = wrong(each.payload());
                    if (wrong.isEmpty()) {
                        signers.add(key.getKey());
                    } else {
                        reason = "what " + key.getKey() + " has signed is " + wrong.get();
                    }
                }
            }
        }
        return signers.isEmpty() ? new Signatures.Untrusted(reason) : new Signatures.Signed(List.copyOf(signers));
    }

    /// Why a payload that is signed does not speak of this image.
    private Optional<String> wrong(byte[] payload) {
        try {
            SimpleSigning said = SimpleSigning.parse(payload);
            if (!said.digest().equals(digest)) {
                return Optional.of("another image, " + said.digest());
            }
            String repository = SimpleSigning.repository(name);
            return said.repository().equals(repository)
                    ? Optional.empty()
                    : Optional.of("for " + said.repository() + ", not for " + repository);
        } catch (CorruptedException malformed) {
            return Optional.of("no statement about an image: " + malformed.reason());
        }
    }
}
