package io.darsena.app.sync;

import io.darsena.app.text.Messages;
import io.darsena.bridge.sync.Standing;
import io.darsena.bridge.sync.TagSync;
import io.darsena.bridge.sync.TagSync.Activity;
import java.time.Instant;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The chosen name at its registry: what is known, how old that is, and what can be done.
public final class SyncStrip extends VBox {

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
        getStyleClass().add("sync-strip");
        setId("sync-strip");
        sentence.setWrapText(true);
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
        check.getStyleClass().add("small");
        check.setOnAction(event -> orders.check());
        automatic = new CheckBox(messages.text("sync.do.autoPull"));
        automatic.setId("sync-auto");
        automatic.setOnAction(event -> orders.autoPull(automatic.isSelected()));
        FlowPane line = new FlowPane(sentence, update, compare, check, automatic);
        line.getStyleClass().add("sync-buttons");
        getChildren().addAll(line, trouble);
    }

    public void show(TagSync tag, Instant now) {
        boolean idle = tag.activity() == Activity.NONE;
        sentence.setText(words.sentence(tag, now));
        icon.setIconCode(SyncWords.icon(tag));
        getStyleClass().removeAll("good", "news", "warning", "plain");
        getStyleClass().add(SyncWords.tone(tag));
        String why = words.trouble(tag);
        trouble.setText(why);
        trouble.setVisible(!why.isEmpty());
        trouble.setManaged(!why.isEmpty());
        boolean news = tag.standing() instanceof Standing.UpdateAvailable;
        update.setVisible(news);
        update.setManaged(news);
        update.setDisable(!idle);
        update.setAccessibleText(messages.text("sync.do.updateNamed", tag.name().familiar()));
        compare.setVisible(news);
        compare.setManaged(news);
        compare.setAccessibleText(
                messages.text("sync.do.compareNamed", tag.name().familiar()));
        check.setDisable(!idle);
        check.setAccessibleText(messages.text("sync.do.checkNamed", tag.name().familiar()));
        boolean local = tag.standing() instanceof Standing.LocalOnly;
        automatic.setVisible(!local);
        automatic.setManaged(!local);
        automatic.setSelected(tag.autoPull());
        automatic.setAccessibleText(
                messages.text("sync.do.autoPullNamed", tag.name().familiar()));
    }
}
