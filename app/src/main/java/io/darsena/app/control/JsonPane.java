package io.darsena.app.control;

import io.darsena.app.text.Messages;
import io.darsena.app.text.PlainText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.css.PseudoClass;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;

/// JSON as a tree, or as indented text with colours; a search that marks and walks what it finds in either, and a
/// button
/// that copies all of it.
public final class JsonPane extends VBox {

    private static final PseudoClass FOUND = PseudoClass.getPseudoClass("found");
    private static final KeyCombination COPY = new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);

    private final Messages messages;
    private final ListView<JsonLine> lines = new ListView<>();
    private final JsonTree tree;
    private final ToggleButton asTree = new ToggleButton();
    private final ToggleButton asText = new ToggleButton();
    private final StringProperty words = new SimpleStringProperty("");
    private final FindBar find;
    private boolean isJson;
    private String shown = "";

    public JsonPane(Messages messages) {
        this.messages = messages;
        this.tree = new JsonTree(messages);
        this.find = new FindBar(messages, messages.text("json.search"), words);
        getStyleClass().add("json-pane");
        lines.getStyleClass().add("code-lines");
        lines.setCellFactory(list -> new Line());
        lines.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        lines.setAccessibleText(messages.text("detail.inspect"));
        lines.setOnKeyPressed(event -> {
            if (COPY.match(event)) {
                CopyButton.copy(String.join(
                        "\n",
                        lines.getSelectionModel().getSelectedItems().stream()
                                .map(JsonLine::text)
                                .toList()));
                event.consume();
            }
        });
        words.subscribe(sought -> searched());
        find.mindingCaseIsOffered(false);
        find.onNext(() -> next(true));
        find.onPrevious(() -> next(false));
        find.listenIn(this, this::focusText);
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox bar = new HBox(find, looks(), gap, new CopyButton(messages.text("json.copy"), () -> shown));
        bar.getStyleClass().add("tool-bar-row");
        StackPane place = new StackPane(tree, lines);
        VBox.setVgrow(place, Priority.ALWAYS);
        getChildren().addAll(bar, place);
        look();
    }

    private HBox looks() {
        ToggleGroup group = new ToggleGroup();
        group.getToggles().addAll(asTree, asText);
        asTree.setText(messages.text("json.tree"));
        asTree.setId("json-tree");
        asText.setText(messages.text("json.text"));
        asText.setId("json-text");
        asTree.getStyleClass().add("segment");
        asText.getStyleClass().add("segment");
        group.selectToggle(asTree);
        group.selectedToggleProperty().addListener((chosen, before, now) -> {
            if (now == null) {
                before.setSelected(true);
            } else {
                look();
                searched();
            }
        });
        HBox both = new HBox(asTree, asText);
        both.getStyleClass().add("segments");
        return both;
    }

    /// What is no JSON has no tree.
    private boolean showsTree() {
        return asTree.isSelected() && isJson;
    }

    private void look() {
        asTree.setDisable(!isJson && !shown.isEmpty());
        tree.setVisible(showsTree());
        lines.setVisible(!showsTree());
    }

    private void focusText() {
        (showsTree() ? tree : lines).requestFocus();
    }

    /// Keeps the place where the person reads when the text has changed only a little.
    public void show(String json) {
        if (json.equals(shown)) {
            return;
        }
        shown = json;
        List<JsonLine> fresh = json.lines().map(JsonLine::of).toList();
        if (fresh.size() == lines.getItems().size()) {
            for (int i = 0; i < fresh.size(); i++) {
                if (!fresh.get(i).equals(lines.getItems().get(i))) {
                    lines.getItems().set(i, fresh.get(i));
                }
            }
        } else {
            lines.getItems().setAll(fresh);
        }
        Optional<JsonNode> root = JsonNode.of(json);
        isJson = root.isPresent();
        root.ifPresent(tree::show);
        look();
        count();
    }

    public String shown() {
        return shown;
    }

    private boolean matches(JsonLine line) {
        String sought = words.get().strip().toLowerCase(Locale.ROOT);
        return !sought.isEmpty() && line.text().toLowerCase(Locale.ROOT).contains(sought);
    }

    private void searched() {
        if (count() > 0) {
            lines.getSelectionModel().clearSelection();
            tree.getSelectionModel().clearSelection();
            next(true);
        }
    }

    private long count() {
        tree.seek(words.get());
        lines.refresh();
        long count = showsTree()
                ? tree.found()
                : lines.getItems().stream().filter(this::matches).count();
        find.found().set(words.get().isBlank() ? "" : messages.text(showsTree() ? "json.values" : "json.found", count));
        return count;
    }

    /// Goes to what is found next, around the end.
    private void next(boolean forwards) {
        if (showsTree()) {
            tree.next(forwards);
            return;
        }
        int size = lines.getItems().size();
        int from = Math.max(lines.getSelectionModel().getSelectedIndex(), forwards ? -1 : 0);
        for (int step = 1; step <= size; step++) {
            int at = Math.floorMod(from + (forwards ? step : -step), size);
            if (matches(lines.getItems().get(at))) {
                lines.getSelectionModel().clearAndSelect(at);
                lines.scrollTo(Math.max(0, at - 3));
                return;
            }
        }
    }

    private final class Line extends ListCell<JsonLine> {

        /// No flow of text, which would break the line where the list is a hair too narrow for it.
        private final HBox whole = new HBox();

        @Override
        protected void updateItem(@Nullable JsonLine line, boolean empty) {
            super.updateItem(line, empty);
            pseudoClassStateChanged(FOUND, line != null && matches(line));
            if (line == null || empty) {
                setGraphic(null);
                return;
            }
            whole.getChildren().setAll(line.parts().stream().map(Line::text).toList());
            setAccessibleText(PlainText.line(line.text()));
            setGraphic(whole);
        }

        private static Text text(JsonLine.Part part) {
            Text text = new Text(PlainText.line(part.text()));
            text.getStyleClass().addAll("json", part.kind().name().toLowerCase(Locale.ROOT));
            return text;
        }
    }
}
