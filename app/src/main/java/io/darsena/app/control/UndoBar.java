package io.darsena.app.control;

import io.darsena.app.action.KeyWords;
import io.darsena.app.text.Messages;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Says what was just done and offers to take it back, as long as that is possible. It never takes the focus: from
/// wherever the keyboard is on the screen, Ctrl+Z does what its button does.
public final class UndoBar extends HBox {

    public static final KeyCombination UNDO = new KeyCodeCombination(KeyCode.Z, KeyCombination.SHORTCUT_DOWN);

    private final Label words = new Label();
    private final Runnable undo;

    /// @param done what was done, in words; empty when nothing can be taken back
    public UndoBar(Messages messages, ObservableValue<Optional<String>> done, Runnable undo) {
        getStyleClass().add("undo-bar");
        setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
        Button back = new Button(messages.text("undo"), new FontIcon(Feather.CORNER_UP_LEFT));
        back.getStyleClass().addAll("flat", "small");
        back.setId("undo");
        back.setMinWidth(USE_PREF_SIZE);
        back.setOnAction(event -> undo.run());
        back.setTooltip(new Tooltip(KeyWords.of(UNDO, messages)));
        this.undo = undo;
        getChildren().addAll(words, back);
        done.subscribe(now -> {
            setVisible(now.isPresent());
            setManaged(now.isPresent());
            now.ifPresent(words::setText);
        });
    }

    /// Lies at the bottom of a screen, above all that is in it already.
    public void placeIn(StackPane screen) {
        StackPane.setAlignment(this, Pos.BOTTOM_CENTER);
        screen.getChildren().addAll(new Shadow(this, Shadow.Height.LOW), this);
    }

    /// Hears the key wherever it is pressed within the screen; a text field that has the keyboard takes it for itself.
    public void listenIn(Node screen) {
        screen.addEventHandler(KeyEvent.KEY_PRESSED, key -> {
            if (isVisible() && UNDO.match(key)) {
                undo.run();
                key.consume();
            }
        });
    }
}
