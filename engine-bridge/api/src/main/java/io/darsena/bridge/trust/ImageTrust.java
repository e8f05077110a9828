package io.darsena.bridge.trust;

import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageReference;
import java.time.Instant;

/// What is known of whom a name's image comes from.
///
/// @param name with a tag, or with a digest alone when it was pulled so
/// @param digest that the name stood for at its registry
/// @param movedBack the tag stood for this digest before, then for another, and now for this one again
/// @param demand what the rules said when it came
public record ImageTrust(
        ImageReference name,
        Digest digest,
        Signatures signatures,
        boolean movedBack,
        TrustRule.Demand demand,
        Instant checkedAt) {

    /// Whether a person should look at it.
    public boolean isDoubtful() {
        return movedBack || demand != TrustRule.Demand.ACCEPT && !(signatures instanceof Signatures.Signed);
    }
}
