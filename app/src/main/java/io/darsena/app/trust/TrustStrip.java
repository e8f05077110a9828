package io.darsena.app.trust;

import io.darsena.app.text.Messages;
import io.darsena.bridge.trust.ImageTrust;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The chosen image's signatures: what is known, how old that is, and what can be done. Its parts stand in a line with
/// others.
public final class TrustStrip {

    private static final List<String> TONES = List.of("good", "warning", "plain");

    private final TrustWords words;
    private final FontIcon icon = new FontIcon(Feather.SHIELD);
    private final Label sentence = new Label("", icon);
    private final Label age = new Label();
    private final Button check;
    private final Button sign;

    /// What a person may ask for.
    public interface Orders {
        void check();

        void sign();
    }

    public TrustStrip(Messages messages, Orders orders) {
        this.words = new TrustWords(messages);
        sentence.getStyleClass().add("standing");
        sentence.setWrapText(true);
        sentence.setId("trust-sentence");
        age.getStyleClass().add("muted");
        check = new Button(messages.text("trust.do.check"), new FontIcon(Feather.REFRESH_CW));
        check.setId("trust-check");
        check.getStyleClass().addAll("small", "flat");
        check.setOnAction(event -> orders.check());
        sign = new Button(messages.text("trust.do.sign"), new FontIcon(Feather.EDIT_3));
        sign.setId("trust-sign");
        sign.getStyleClass().add("small");
        sign.setOnAction(event -> orders.sign());
        age.setMinWidth(Region.USE_PREF_SIZE);
    }

    /// In the order in which they are read.
    public List<Region> parts() {
        return List.of(sentence, age, check, sign);
    }

    /// @param trust empty for what came from no registry: then there is nothing to show
    public void show(Optional<ImageTrust> trust, Instant now) {
        parts().forEach(part -> show(part, trust.isPresent()));
        sentence.getStyleClass().removeAll(TONES);
        trust.ifPresent(known -> {
            sentence.getStyleClass().add(TrustWords.tone(known));
            icon.setIconCode(TrustWords.icon(known).orElse(Feather.SHIELD_OFF));
            sentence.setText(words.sentence(known));
            age.setText(words.age(known, now));
            show(age, !age.getText().isEmpty());
        });
    }

    private static void show(Region part, boolean shown) {
        part.setVisible(shown);
        part.setManaged(shown);
    }
}
