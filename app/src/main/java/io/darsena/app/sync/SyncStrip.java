package io.darsena.app.sync;

import io.darsena.app.text.Messages;
import io.darsena.bridge.sync.Standing;
import io.darsena.bridge.sync.TagSync;
import io.darsena.bridge.sync.TagSync.Activity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The chosen name at its registry: what is known, how old that is, and what can be done. Its parts stand in a line
/// with
/// others.
public final class SyncStrip {

    private static final List<String> TONES = List.of("good", "news", "warning", "plain");

    private final Messages messages;
    private final SyncWords words;
    private final FontIcon icon = new FontIcon();
    private final Label sentence = new Label("", icon);
    private final Label trouble = new Label();
    private final Button update;
    private final Button compare;
    private final Button check;
    private final CheckBox automatic;

    /// What a person may ask for.
    public interface Orders {
        void update();

        /// What would change, before anything is pulled.
        void compare();

        void check();

        void autoPull(boolean wanted);
    }

    public SyncStrip(Messages messages, Orders orders) {
        this.messages = messages;
        this.words = new SyncWords(messages);
        sentence.getStyleClass().add("standing");
        sentence.setWrapText(true);
        trouble.setId("sync-trouble");
        trouble.setWrapText(true);
        trouble.getStyleClass().add("muted");
        update = new Button(messages.text("sync.do.update"), new FontIcon(Feather.ARROW_UP_CIRCLE));
        update.setId("sync-update");
        update.getStyleClass().addAll("small", "primary");
        update.setOnAction(event -> orders.update());
        compare = new Button(messages.text("sync.do.compare"), new FontIcon(Feather.COLUMNS));
        compare.setId("sync-compare");
        compare.getStyleClass().add("small");
        compare.setOnAction(event -> orders.compare());
        check = new Button(messages.text("sync.do.check"), new FontIcon(Feather.REFRESH_CW));
        check.setId("sync-check");
        check.getStyleClass().addAll("small", "flat");
        check.setOnAction(event -> orders.check());
        automatic = new CheckBox(messages.text("sync.do.autoPull"));
        automatic.setId("sync-auto");
        automatic.setOnAction(event -> orders.autoPull(automatic.isSelected()));
        automatic.setMinWidth(Region.USE_PREF_SIZE);
    }

    /// In the order in which they are read.
    public List<Region> parts() {
        return List.of(sentence, update, compare, check, automatic, trouble);
    }

    /// @param tag empty for an image without a name: then there is nothing to show
    public void show(Optional<TagSync> tag, Instant now) {
        parts().forEach(part -> show(part, tag.isPresent()));
        tag.ifPresent(known -> tell(known, now));
    }

    private static void show(Region part, boolean shown) {
        part.setVisible(shown);
        part.setManaged(shown);
    }

    private void tell(TagSync tag, Instant now) {
        boolean idle = tag.activity() == Activity.NONE;
        sentence.setText(words.sentence(tag, now));
        icon.setIconCode(SyncWords.icon(tag));
        sentence.getStyleClass().removeAll(TONES);
        sentence.getStyleClass().add(SyncWords.tone(tag));
        String why = words.trouble(tag);
        trouble.setText(why);
        show(trouble, !why.isEmpty());
        boolean news = tag.standing() instanceof Standing.UpdateAvailable;
        show(update, news);
        update.setDisable(!idle);
        update.setAccessibleText(messages.text("sync.do.updateNamed", tag.name().familiar()));
        show(compare, news);
        compare.setAccessibleText(
                messages.text("sync.do.compareNamed", tag.name().familiar()));
        check.setDisable(!idle);
        check.setAccessibleText(messages.text("sync.do.checkNamed", tag.name().familiar()));
        boolean local = tag.standing() instanceof Standing.LocalOnly;
        show(automatic, !local);
        automatic.setSelected(tag.autoPull());
        automatic.setAccessibleText(
                messages.text("sync.do.autoPullNamed", tag.name().familiar()));
    }
}
