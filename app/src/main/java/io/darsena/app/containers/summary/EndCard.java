package io.darsena.app.containers.summary;

import io.darsena.app.text.Messages;
import io.darsena.app.text.Quantities;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerState.Exited;
import java.time.Duration;
import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// "How it ended", of a container that has, and why the last start failed, of one that would not run.
final class EndCard extends VBox {

    private final Messages messages;
    private final Quantities quantities;
    private final EndWords words;
    private final Label heading = new Label();
    private final Label unmeasured = new Label();
    private final GridPane rows = new GridPane();

    EndCard(Messages messages) {
        this.messages = messages;
        this.quantities = messages.quantities();
        this.words = new EndWords(messages);
        getStyleClass().addAll("card", "end-card");
        heading.getStyleClass().add("strong");
        rows.getStyleClass().add("facts");
        ColumnConstraints wide = new ColumnConstraints();
        wide.setHgrow(Priority.ALWAYS);
        wide.setMinWidth(80);
        rows.getColumnConstraints().addAll(new ColumnConstraints(), wide);
        unmeasured.getStyleClass().addAll("muted", "small-text");
        unmeasured.setWrapText(true);
        getChildren().addAll(heading, rows, unmeasured);
    }

    /// @param nothing why there is nothing to draw of its last run; empty when there is something
    void show(Container container, String nothing) {
        Optional<Exited> end = container.state() instanceof Exited exited ? Optional.of(exited) : Optional.empty();
        Optional<String> failure = container.lastError();
        boolean told = end.isPresent() || failure.isPresent();
        setVisible(told);
        setManaged(told);
        rows.getChildren().clear();
        heading.setText(messages.text(end.isPresent() ? "end.title" : "end.title.failed"));
        end.ifPresent(exited -> tell(container, exited));
        unmeasured.setText(nothing);
        unmeasured.setVisible(end.isPresent() && !nothing.isEmpty());
        unmeasured.setManaged(unmeasured.isVisible());
        failure.ifPresent(reason -> row("end.lastStart", reason, "failed"));
    }

    private void tell(Container container, Exited exited) {
        row("end.result", words.result(exited), exited.code() == 0 ? "" : "failed");
        row("end.reason", words.reason(container, exited), "");
        row(
                "end.when",
                quantities.dateAndTime(exited.since()) + " · "
                        + messages.text(
                                "end.after", quantities.span(Duration.between(exited.startedAt(), exited.since()))),
                "");
    }

    private void row(String key, String value, String tone) {
        Label name = new Label(messages.text(key));
        name.getStyleClass().add("muted");
        name.setMinWidth(USE_PREF_SIZE);
        Label text = new Label(value);
        text.setWrapText(true);
        if (!tone.isEmpty()) {
            text.getStyleClass().add(tone);
        }
        rows.addRow(rows.getRowCount(), name, text);
    }
}
