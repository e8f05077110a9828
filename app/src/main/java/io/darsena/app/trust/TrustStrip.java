package io.darsena.app.trust;

import io.darsena.app.text.Messages;
import io.darsena.bridge.trust.ImageTrust;
import java.time.Instant;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The chosen image's signatures: what is known, how old that is, and what can be done.
public final class TrustStrip extends VBox {

    private final TrustWords words;
    private final FontIcon icon = new FontIcon(Feather.SHIELD);
    private final Label sentence = new Label("", icon);
    private final Label age = new Label();

    /// What a person may ask for.
    public interface Orders {
        void check();

        void sign();
    }

    public TrustStrip(Messages messages, Orders orders) {
        this.words = new TrustWords(messages);
        getStyleClass().addAll("sync-strip", "trust-strip");
        setId("trust-strip");
        sentence.setWrapText(true);
        sentence.setId("trust-sentence");
        age.getStyleClass().add("muted");
        Button check = new Button(messages.text("trust.do.check"), new FontIcon(Feather.REFRESH_CW));
        check.setId("trust-check");
        check.getStyleClass().add("small");
        check.setOnAction(event -> orders.check());
        Button sign = new Button(messages.text("trust.do.sign"), new FontIcon(Feather.EDIT_3));
        sign.setId("trust-sign");
        sign.getStyleClass().add("small");
        sign.setOnAction(event -> orders.sign());
        FlowPane buttons = new FlowPane(check, sign, age);
        buttons.getStyleClass().add("sync-buttons");
        getChildren().addAll(sentence, buttons);
    }

    /// @param trust empty for what came from no registry: then there is nothing to show
    public void show(Optional<ImageTrust> trust, Instant now) {
        setVisible(trust.isPresent());
        setManaged(trust.isPresent());
        getStyleClass().removeAll("good", "warning", "plain");
        trust.ifPresent(known -> {
            getStyleClass().add(TrustWords.tone(known));
            icon.setIconCode(TrustWords.icon(known).orElse(Feather.SHIELD_OFF));
            sentence.setText(words.sentence(known));
            age.setText(words.age(known, now));
        });
    }
}
