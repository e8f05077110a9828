package io.darsena.app.containers.logs;

import io.darsena.app.text.Messages;
import io.darsena.bridge.container.LogRecord;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;

/// One line of a log. What came from stderr bears a mark and a colour.
final class LogCell extends ListCell<LogLine> {

    private final Messages messages;
    private final Label time = new Label();
    private final Label mark = new Label();
    private final Label text = new Label();
    private final HBox row = new HBox(time, mark, text);

    LogCell(Messages messages, ObservableBooleanValue timestamps) {
        this.messages = messages;
        getStyleClass().add("log-cell");
        time.getStyleClass().add("time");
        mark.getStyleClass().add("mark");
        text.getStyleClass().add("text-of-line");
        row.getStyleClass().add("log-row");
        for (Label label : new Label[] {time, mark, text}) {
            label.setMinWidth(USE_PREF_SIZE);
        }
        time.visibleProperty().bind(timestamps);
        time.managedProperty().bind(timestamps);
    }

    @Override
    protected void updateItem(@Nullable LogLine line, boolean empty) {
        super.updateItem(line, empty);
        getStyleClass().remove("stderr");
        if (line == null || empty) {
            setGraphic(null);
            return;
        }
        boolean error = line.stream() == LogRecord.Stream.STDERR;
        if (error) {
            getStyleClass().add("stderr");
        }
        time.setText(messages.quantities().timeOfDay(line.at()));
        mark.setText(error ? "err" : "");
        text.setText(line.text());
        setAccessibleText(error ? messages.text("logs.stderrLine", line.text()) : line.text());
        setGraphic(row);
    }
}
