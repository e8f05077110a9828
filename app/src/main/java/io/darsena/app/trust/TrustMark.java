package io.darsena.app.trust;

import io.darsena.app.text.Messages;
import io.darsena.bridge.trust.ImageTrust;
import java.util.List;
import java.util.Optional;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;

/// Whether an image is signed: a shape whose words are under the pointer. Takes no room where there is nothing to say.
public final class TrustMark extends Label {

    private static final List<String> TONES = List.of("good", "warning", "plain");

    private final TrustWords words;
    private final FontIcon icon = new FontIcon();
    private final Tooltip tooltip = new Tooltip();

    public TrustMark(Messages messages) {
        this.words = new TrustWords(messages);
        getStyleClass().addAll("sync-badge", "trust-mark");
        setAccessibleRole(AccessibleRole.TEXT);
        setMinWidth(USE_PREF_SIZE);
        setGraphic(icon);
        setTooltip(tooltip);
    }

    /// @param trust empty for what came from no registry
    public void show(Optional<ImageTrust> trust) {
        Optional<Ikon> shape = trust.flatMap(TrustWords::icon);
        getStyleClass().removeAll(TONES);
        setVisible(shape.isPresent());
        setManaged(shape.isPresent());
        shape.ifPresent(icon::setIconCode);
        trust.filter(known -> shape.isPresent()).ifPresent(known -> {
            getStyleClass().add(TrustWords.tone(known));
            tooltip.setText(words.sentence(known));
            setAccessibleText(words.sentence(known));
        });
    }
}
