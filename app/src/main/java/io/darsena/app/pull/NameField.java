package io.darsena.app.pull;

import io.darsena.app.text.EngineWords;
import io.darsena.app.text.Messages;
import java.util.List;
import java.util.Locale;
import javafx.scene.AccessibleAttribute;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// A field for an image's name, with what it may become below it. The keyboard stays in the field: arrows
/// choose, Enter takes what is chosen and is otherwise left to the dialog.
final class NameField extends VBox {

    private static final double ROW_HEIGHT = 28;
    private static final int ROWS = 5;
    private static final double EDGES = 10;

    private final Messages messages;
    private final NameCompletion completion;
    private final TextField field = new TextField();
    private final ListView<Suggestion> list = new ListView<>();
    private final Label none = new Label();

    NameField(Messages messages, NameCompletion completion, String label) {
        this.messages = messages;
        this.completion = completion;
        getStyleClass().addAll("field", "name-field");
        Label name = new Label(label);
        name.setLabelFor(field);
        field.setId("image-name");
        field.setAccessibleText(label);
        field.setPromptText(messages.text("pull.name.prompt"));
        field.textProperty().bindBidirectional(completion.text());
        field.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        makeList();
        getChildren().addAll(name, field, list);
        completion.place().failure().subscribe(failure -> sayNone());
        completion.asking().subscribe(now -> sayNone());
        completion.text().subscribe(text -> sayNone());
        completion.suggestions().subscribe(() -> list.getSelectionModel().clearSelection());
    }

    /// Shows something between the field and the suggestions.
    void below(Node words) {
        getChildren().add(getChildren().indexOf(list), words);
    }

    private void makeList() {
        list.setId("suggestions");
        list.setItems(completion.suggestions());
        list.setCellFactory(view -> new SuggestionCell());
        list.setFixedCellSize(ROW_HEIGHT);
        list.setPrefHeight(ROWS * ROW_HEIGHT + EDGES);
        list.setMinHeight(2 * ROW_HEIGHT + EDGES);
        list.setFocusTraversable(false);
        list.setAccessibleText(messages.text("pull.suggestions"));
        none.getStyleClass().add("muted");
        none.setWrapText(true);
        list.setPlaceholder(none);
        list.setOnMouseClicked(click -> take());
        list.getSelectionModel().selectedItemProperty().subscribe(this::speak);
    }

    private void sayNone() {
        if (completion.asking().get()) {
            none.setText(messages.text("pull.asking"));
        } else if (completion.place().failure().get().isPresent()) {
            none.setText(messages.text(
                    "pull.notTold",
                    new EngineWords(messages)
                            .sentence(completion.place().failure().get().get().reason())));
        } else {
            none.setText(messages.text(completion.text().get().isBlank() ? "pull.hint" : "pull.noSuggestion"));
        }
    }

    /// A screen reader is told the choice as the help of the field, which has the keyboard.
    private void speak(@Nullable Suggestion chosen) {
        field.setAccessibleHelp(chosen == null ? "" : chosen.text());
        field.notifyAccessibleAttributeChanged(AccessibleAttribute.HELP);
    }

    private void key(KeyEvent key) {
        int chosen = list.getSelectionModel().getSelectedIndex();
        boolean used = switch (key.getCode()) {
            case DOWN -> choose(chosen + 1);
            case UP -> choose(chosen - 1);
            case ENTER -> chosen >= 0 && take();
            default -> false;
        };
        if (used) {
            key.consume();
        }
    }

    private boolean choose(int index) {
        List<Suggestion> all = completion.suggestions();
        if (index < 0 || all.isEmpty()) {
            list.getSelectionModel().clearSelection();
        } else {
            list.getSelectionModel().clearAndSelect(Math.min(index, all.size() - 1));
            list.scrollTo(Math.max(0, Math.min(index, all.size() - 1) - ROWS / 2));
        }
        return true;
    }

    private boolean take() {
        Suggestion chosen = list.getSelectionModel().getSelectedItem();
        if (chosen != null) {
            field.setText(chosen.text());
            field.requestFocus();
            field.end();
        }
        return chosen != null;
    }

    @Override
    public void requestFocus() {
        field.requestFocus();
        field.end();
    }

    private static Ikon icon(Suggestion.Kind kind) {
        return switch (kind) {
            case STARRED -> Feather.STAR;
            case IMAGE -> Feather.LAYERS;
            case REGISTRY -> Feather.SERVER;
            case REPOSITORY -> Feather.FOLDER;
            case TAG -> Feather.TAG;
        };
    }

    private final class SuggestionCell extends ListCell<Suggestion> {

        @Override
        protected void updateItem(@Nullable Suggestion suggestion, boolean empty) {
            super.updateItem(suggestion, empty);
            if (suggestion == null || empty) {
                setText(null);
                setGraphic(null);
            } else {
                setText(suggestion.text());
                setGraphic(new FontIcon(icon(suggestion.kind())));
                setAccessibleText(messages.text(
                        "pull.suggestion." + suggestion.kind().name().toLowerCase(Locale.ROOT), suggestion.text()));
            }
        }
    }
}
