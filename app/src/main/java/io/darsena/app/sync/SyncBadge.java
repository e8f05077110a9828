package io.darsena.app.sync;

import io.darsena.app.text.Messages;
import io.darsena.bridge.sync.TagSync;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import org.kordamp.ikonli.javafx.FontIcon;

/// How a name stands to its registry: a shape and a word; in full under the pointer.
public final class SyncBadge extends Label {

    private static final List<String> TONES = List.of("good", "news", "warning", "plain");

    private final SyncWords words;
    private final FontIcon icon = new FontIcon();
    private final Tooltip tooltip = new Tooltip();
    private Optional<TagSync> shown = Optional.empty();

    public SyncBadge(Messages messages) {
        this.words = new SyncWords(messages);
        getStyleClass().add("sync-badge");
        setGraphic(icon);
        setAccessibleRole(AccessibleRole.TEXT);
        setMinWidth(0);
    }

    /// @param tag empty for an image without a name
    public void show(Optional<TagSync> tag, Instant now) {
        shown = tag;
        getStyleClass().removeAll(TONES);
        setText(tag.map(words::word).orElse(""));
        icon.setVisible(tag.isPresent());
        setTooltip(tag.isPresent() ? tooltip : null);
        tag.ifPresent(known -> {
            icon.setIconCode(SyncWords.icon(known));
            getStyleClass().add(SyncWords.tone(known));
        });
        retell(now);
    }

    /// Tells the age anew.
    public void retell(Instant now) {
        shown.ifPresent(known -> {
            String full = (words.sentence(known, now) + " " + words.trouble(known)).strip();
            tooltip.setText(full);
            setAccessibleText(full);
        });
    }
}
