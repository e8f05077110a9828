package io.darsena.app.control;

import io.darsena.app.text.Messages;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Says what was just done and offers to take it back, as long as that is possible. It never takes the focus.
public final class UndoBar extends HBox {

    private final Label words = new Label();

    /// @param done what was done, in words; empty when nothing can be taken back
    public UndoBar(Messages messages, ObservableValue<Optional<String>> done, Runnable undo) {
        getStyleClass().add("undo-bar");
        setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
        Button back = new Button(messages.text("undo"), new FontIcon(Feather.CORNER_UP_LEFT));
        back.getStyleClass().addAll("flat", "small");
        back.setId("undo");
        back.setMinWidth(USE_PREF_SIZE);
        back.setOnAction(event -> undo.run());
        getChildren().addAll(words, back);
        done.subscribe(now -> {
            setVisible(now.isPresent());
            setManaged(now.isPresent());
            now.ifPresent(words::setText);
        });
    }
}
