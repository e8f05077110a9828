package io.darsena.app.control;

import io.darsena.app.text.Messages;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.StringProperty;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Where words are sought in a text: what is sought, how much was found, the one before and the next one, and whether
/// capital letters matter. Enter and F3 go on, with Shift back; Escape empties it, then leads back to the text.
public final class FindBar extends HBox {

    public static final KeyCombination NEXT = new KeyCodeCombination(KeyCode.F3);
    public static final KeyCombination PREVIOUS = new KeyCodeCombination(KeyCode.F3, KeyCombination.SHIFT_DOWN);

    private final TextField field = new TextField();
    private final Label found = new Label();
    private final ToggleButton mindingCase = new ToggleButton("Aa");
    private Runnable next = () -> {};
    private Runnable previous = () -> {};

    public FindBar(Messages messages, String prompt, StringProperty typed) {
        getStyleClass().add("find-bar");
        field.setPromptText(prompt);
        field.setAccessibleText(prompt);
        field.getStyleClass().add("find-field");
        found.getStyleClass().addAll("muted", "small-text", "found");
        found.setMinWidth(USE_PREF_SIZE);
        found.managedProperty().bind(found.textProperty().isNotEmpty());
        mindingCase.getStyleClass().addAll("icon-toggle");
        mindingCase.setAccessibleText(messages.text("find.case"));
        mindingCase.setTooltip(new Tooltip(messages.text("find.case")));
        HBox box = new HBox(new FontIcon(Feather.SEARCH), field, found);
        box.getStyleClass().addAll("search-box", "find-box");
        HBox.setHgrow(field, Priority.ALWAYS);
        HBox.setHgrow(box, Priority.ALWAYS);
        getChildren()
                .addAll(
                        box,
                        button(messages.text("find.previous"), Feather.CHEVRON_UP, "find-previous", false),
                        button(messages.text("find.next"), Feather.CHEVRON_DOWN, "find-next", true),
                        mindingCase);
        field.textProperty().bindBidirectional(typed);
        field.setOnAction(event -> go(true));
    }

    private Button button(String words, Feather icon, String id, boolean forwards) {
        Button button = new Button("", new FontIcon(icon));
        button.getStyleClass().addAll("flat", "icon-button");
        button.setId(id);
        button.setAccessibleText(words);
        button.setTooltip(new Tooltip(words));
        button.disableProperty().bind(field.textProperty().isEmpty());
        button.setOnAction(event -> go(forwards));
        return button;
    }

    private void go(boolean forwards) {
        if (!field.getText().isEmpty()) {
            (forwards ? next : previous).run();
        }
    }

    public void onNext(Runnable action) {
        next = action;
    }

    public void onPrevious(Runnable action) {
        previous = action;
    }

    /// Whether the person may say that capital letters matter.
    public void mindingCaseIsOffered(boolean offered) {
        mindingCase.setVisible(offered);
        mindingCase.setManaged(offered);
    }

    public BooleanProperty mindingCase() {
        return mindingCase.selectedProperty();
    }

    /// How much was found, in words.
    public StringProperty found() {
        return found.textProperty();
    }

    /// Takes the keys of searching wherever the keyboard is within `place`, before the window takes them for its own
    /// search; `text` puts the keyboard where the person looks.
    public void listenIn(Node place, Runnable text) {
        place.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (SearchField.KEY.match(event)) {
                field.requestFocus();
                field.selectAll();
                event.consume();
            } else if (NEXT.match(event) || PREVIOUS.match(event)) {
                go(NEXT.match(event));
                event.consume();
            } else if (field.isFocused()) {
                typing(event, text);
            }
        });
    }

    private void typing(KeyEvent event, Runnable text) {
        if (event.getCode() == KeyCode.ENTER) {
            go(!event.isShiftDown());
            event.consume();
        } else if (event.getCode() == KeyCode.ESCAPE) {
            if (field.getText().isEmpty()) {
                text.run();
            } else {
                field.clear();
            }
            event.consume();
        }
    }
}
