package io.darsena.app.control;

import io.darsena.app.text.Messages;
import java.util.List;
import java.util.Locale;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import org.jspecify.annotations.Nullable;

/// Indented JSON with colours, a search that marks and walks the lines it finds, and a button that copies all of it.
public final class JsonPane extends VBox {

    private static final PseudoClass FOUND = PseudoClass.getPseudoClass("found");
    private static final KeyCombination COPY = new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);

    private final Messages messages;
    private final ListView<JsonLine> lines = new ListView<>();
    private final TextField search = new TextField();
    private final Label found = new Label();
    private String shown = "";

    public JsonPane(Messages messages) {
        this.messages = messages;
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
        search.setPromptText(messages.text("json.search"));
        search.setAccessibleText(messages.text("json.search"));
        search.getStyleClass().add("json-search");
        search.textProperty().subscribe(words -> searched());
        search.setOnAction(event -> next());
        found.getStyleClass().addAll("muted", "small-text");
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox bar = new HBox(search, found, gap, new CopyButton(messages.text("json.copy"), () -> shown));
        bar.getStyleClass().add("tool-bar-row");
        VBox.setVgrow(lines, Priority.ALWAYS);
        getChildren().addAll(bar, lines);
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
        searched();
    }

    public String shown() {
        return shown;
    }

    private boolean matches(JsonLine line) {
        String sought = search.getText().strip().toLowerCase(Locale.ROOT);
        return !sought.isEmpty() && line.text().toLowerCase(Locale.ROOT).contains(sought);
    }

    private void searched() {
        long count = lines.getItems().stream().filter(this::matches).count();
        found.setText(search.getText().isBlank() ? "" : messages.text("json.found", count));
        lines.refresh();
        if (count > 0) {
            lines.getSelectionModel().clearSelection();
            next();
        }
    }

    /// Goes to the next line that is found after the chosen one, around the end.
    private void next() {
        int size = lines.getItems().size();
        int from = lines.getSelectionModel().getSelectedIndex();
        for (int step = 1; step <= size; step++) {
            int at = (from + step + size) % size;
            if (matches(lines.getItems().get(at))) {
                lines.getSelectionModel().clearAndSelect(at);
                lines.scrollTo(Math.max(0, at - 3));
                return;
            }
        }
    }

    private final class Line extends ListCell<JsonLine> {

        private final TextFlow flow = new TextFlow();

        @Override
        protected void updateItem(@Nullable JsonLine line, boolean empty) {
            super.updateItem(line, empty);
            pseudoClassStateChanged(FOUND, line != null && matches(line));
            if (line == null || empty) {
                setGraphic(null);
                return;
            }
            flow.getChildren().setAll(line.parts().stream().map(Line::text).toList());
            setAccessibleText(line.text());
            setGraphic(flow);
        }

        private static Text text(JsonLine.Part part) {
            Text text = new Text(part.text());
            text.getStyleClass().addAll("json", part.kind().name().toLowerCase(Locale.ROOT));
            return text;
        }
    }
}
