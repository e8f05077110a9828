package io.darsena.app.trust;

import io.darsena.app.text.EngineWords;
import io.darsena.app.text.Messages;
import io.darsena.bridge.trust.ImageTrust;
import io.darsena.bridge.trust.Signatures;
import io.darsena.bridge.trust.TrustRule;
import java.time.Instant;
import java.util.Optional;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

/// What is known of an image's signatures, in words and by a shape.
public record TrustWords(Messages messages) {

    /// Empty where there is nothing that a list should mark: no signature, and none is wanted.
    static Optional<Ikon> icon(ImageTrust trust) {
        if (trust.movedBack()) {
            return Optional.of(Feather.ROTATE_CCW);
        }
        if (trust.signatures() instanceof Signatures.Signed) {
            return Optional.of(Feather.SHIELD);
        }
        return trust.isDoubtful() || trust.signatures() instanceof Signatures.Untrusted
                ? Optional.of(Feather.ALERT_TRIANGLE)
                : Optional.empty();
    }

    static String tone(ImageTrust trust) {
        return icon(trust).filter(Feather.SHIELD::equals).isPresent()
                ? "good"
                : icon(trust).isPresent() ? "warning" : "plain";
    }

    /// Of what names a rule speaks.
    public static String scope(TrustRule rule, Messages messages) {
        return rule.scope().equals(TrustRule.EVERYWHERE) ? messages.text("trust.everywhere") : rule.scope();
    }

    /// A sentence, and another one where the tag moved back.
    public String sentence(ImageTrust trust) {
        String found = switch (trust.signatures()) {
            case Signatures.Signed signed -> messages.text("trust.signed", String.join(", ", signed.keys()));
            case Signatures.Unsigned unsigned -> messages.text("trust.unsigned");
            case Signatures.Untrusted untrusted ->
                messages.text("trust.untrusted", new EngineWords(messages).clause(untrusted.reason()));
            case Signatures.Unchecked unchecked ->
                trust.isDoubtful()
                        ? messages.text("trust.unreadable", new EngineWords(messages).clause(unchecked.reason()))
                        : messages.text("trust.unchecked");
        };
        return trust.movedBack() ? found + " " + messages.text("trust.movedBack") : found;
    }

    String age(ImageTrust trust, Instant now) {
        return trust.signatures() instanceof Signatures.Unchecked
                ? ""
                : messages.text("trust.checked", messages.quantities().ago(trust.checkedAt(), now));
    }
}
