package io.darsena.app.control;

import io.darsena.app.action.KeyWords;
import io.darsena.app.text.Messages;
import javafx.beans.property.StringProperty;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Where a list is searched. Escape, and the button that is there while something is typed, empty it.
public final class SearchField extends HBox {

    /// By it the window finds the field that its search key leads to.
    public static final String STYLE = "search-field";

    /// The window's key that leads here.
    public static final KeyCombination KEY = new KeyCodeCombination(KeyCode.F, KeyCombination.SHORTCUT_DOWN);

    private static final double ROOM_FOR_HINT = 180;

    private final TextField field = new TextField();
    private final Runnable uncovering;

    /// @param prompt what is searched, as `Search containers`
    /// @param typed where what is typed is kept
    /// @param uncovering makes the field visible where something else may stand in its place
    public SearchField(Messages messages, String prompt, StringProperty typed, Runnable uncovering) {
        this.uncovering = uncovering;
        getStyleClass().addAll("search-box", STYLE);
        field.setPromptText(prompt);
        field.setAccessibleText(prompt);
        field.setId("search");
        HBox.setHgrow(field, Priority.ALWAYS);
        Button clear = new Button("", new FontIcon(Feather.X));
        clear.getStyleClass().addAll("flat", "icon-button", "clear");
        clear.setAccessibleText(messages.text("search.clear"));
        clear.setTooltip(new Tooltip(messages.text("search.clear")));
        clear.setOnAction(event -> field.clear());
        Label hint = new Label(KeyWords.of(KEY, messages));
        hint.getStyleClass().add("key-hint");
        hint.setMinWidth(USE_PREF_SIZE);
        getChildren().addAll(new FontIcon(Feather.SEARCH), field, hint, clear);
        field.textProperty().subscribe(text -> {
            shown(clear, !text.isEmpty());
            hint(hint);
        });
        widthProperty().subscribe(() -> hint(hint));
        field.textProperty().bindBidirectional(typed);
        field.addEventFilter(KeyEvent.KEY_PRESSED, pressed -> {
            if (pressed.getCode() == KeyCode.ESCAPE && !field.getText().isEmpty()) {
                field.clear();
                pressed.consume();
            }
        });
    }

    /// Where there is little room, the words that say what is searched have it.
    private void hint(Label hint) {
        shown(hint, field.getText().isEmpty() && (getWidth() == 0 || getWidth() > ROOM_FOR_HINT));
    }

    private static void shown(Node node, boolean now) {
        node.setVisible(now);
        node.setManaged(now);
    }

    /// Puts the keyboard into the field, with what is typed selected.
    @Override
    public void requestFocus() {
        uncovering.run();
        field.requestFocus();
        field.selectAll();
    }
}
