package io.darsena.app.files;

import io.darsena.app.text.Messages;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.jspecify.annotations.Nullable;

/// A row of two texts: each line with its number, and a sign where they differ. Long lines are wrapped.
final class DiffCell extends ListCell<LineDiff.Row> {

    private static final List<String> KINDS = List.of("same", "added", "removed", "changed");

    private final Messages messages;
    private final Half left = new Half();
    private final Half right = new Half();
    private final HBox whole = new HBox(left, right);

    DiffCell(Messages messages) {
        this.messages = messages;
        whole.setMinWidth(0);
        whole.setPrefWidth(0);
        whole.setFillHeight(true);
        setPrefWidth(0);
        setText(null);
    }

    @Override
    protected void updateItem(LineDiff.@Nullable Row row, boolean empty) {
        super.updateItem(row, empty);
        if (row == null || empty) {
            setGraphic(null);
            setAccessibleText(null);
            return;
        }
        left.show(row.before(), row.kind(), "−");
        right.show(row.after(), row.kind(), "+");
        setAccessibleText(spoken(row));
        setGraphic(whole);
    }

    private String spoken(LineDiff.Row row) {
        return switch (row.kind()) {
            case SAME -> line(row.after());
            case ADDED -> messages.text("beside.added", line(row.after()));
            case REMOVED -> messages.text("beside.removed", line(row.before()));
            case CHANGED -> messages.text("beside.changed", line(row.before()), line(row.after()));
        };
    }

    private static String line(Optional<FileLine> line) {
        return line.map(shown -> shown.label().strip() + " " + shown.text()).orElse("");
    }

    /// What one of both has in a row.
    private static final class Half extends HBox {

        private final Label sign = new Label();
        private final Label number = new Label();
        private final Label text = new Label();

        Half() {
            super();
            getStyleClass().add("diff-half");
            sign.getStyleClass().add("diff-sign");
            number.getStyleClass().add("diff-number");
            number.setMinWidth(USE_PREF_SIZE);
            sign.setMinWidth(USE_PREF_SIZE);
            text.getStyleClass().add("diff-text");
            text.setWrapText(true);
            text.setMinWidth(0);
            text.setMaxWidth(Double.MAX_VALUE);
            HBox.setHgrow(text, Priority.ALWAYS);
            getChildren().addAll(sign, number, text);
            setMinWidth(0);
            setPrefWidth(0);
            setMaxWidth(Double.MAX_VALUE);
            HBox.setHgrow(this, Priority.ALWAYS);
        }

        void show(Optional<FileLine> line, LineDiff.Kind kind, String alone) {
            getStyleClass().removeAll(KINDS);
            getStyleClass().remove("none");
            getStyleClass().add(line.isEmpty() ? "none" : kind.name().toLowerCase(Locale.ROOT));
            sign.setText(
                    line.isEmpty() || kind == LineDiff.Kind.SAME ? " " : kind == LineDiff.Kind.CHANGED ? "~" : alone);
            number.setText(line.map(FileLine::label).orElse(""));
            text.setText(line.map(FileLine::text).orElse(""));
        }
    }
}
