package io.darsena.app.containers.summary;

import io.darsena.app.containers.item.TriggerWords;
import io.darsena.app.text.Messages;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.Container.HistoryEntry;
import io.darsena.bridge.container.Lifecycle.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// "What happened to it": the steps of its life, newest first, with how long each state lasted.
final class HistoryCard extends VBox {

    private static final int FIRST_SHOWN = 6;

    private final Messages messages;
    private final GridPane rows = new GridPane();
    private final Hyperlink all = new Hyperlink();
    private Optional<Container> shown = Optional.empty();
    private boolean whole;

    HistoryCard(Messages messages) {
        this.messages = messages;
        getStyleClass().addAll("card", "history-card");
        Label heading = new Label(messages.text("history.title"));
        heading.getStyleClass().add("strong");
        rows.getStyleClass().add("history");
        ColumnConstraints wide = new ColumnConstraints();
        wide.setHgrow(Priority.ALWAYS);
        wide.setMinWidth(40);
        rows.getColumnConstraints().addAll(new ColumnConstraints(), new ColumnConstraints(), wide);
        all.setOnAction(event -> {
            whole = true;
            shown.ifPresent(this::draw);
        });
        getChildren().addAll(heading, rows, all);
    }

    void show(Container container) {
        boolean same =
                shown.filter(before -> before.id().equals(container.id())).isPresent();
        if (same && shown.get().history().equals(container.history())) {
            return;
        }
        whole &= same;
        shown = Optional.of(container);
        draw(container);
    }

    private void draw(Container container) {
        List<HistoryEntry> history = container.history();
        int count = whole ? history.size() : Math.min(history.size(), FIRST_SHOWN);
        rows.getChildren().clear();
        for (int i = 0; i < count; i++) {
            int at = history.size() - 1 - i;
            Optional<Instant> left =
                    at + 1 < history.size() ? Optional.of(history.get(at + 1).at()) : Optional.empty();
            row(i, history.get(at), left);
        }
        boolean more = history.size() > count;
        all.setText(messages.text("history.all", history.size()));
        all.setVisible(more);
        all.setManaged(more);
    }

    private void row(int index, HistoryEntry entry, Optional<Instant> left) {
        Label time = new Label(messages.quantities().timeOfDayWithMillis(entry.at()));
        time.getStyleClass().addAll("muted", "number");
        time.setMinWidth(USE_PREF_SIZE);
        Label state = new Label(messages.text("state." + entry.status().name().toLowerCase(Locale.ROOT)));
        state.setMinWidth(USE_PREF_SIZE);
        String lasted = left.map(after -> messages.text(
                        "history.lasted", messages.quantities().span(Duration.between(entry.at(), after))))
                .orElse("");
        String by = entry.trigger().map(this::by).orElse("");
        Label how = new Label(by.isEmpty() || lasted.isEmpty() ? by + lasted : by + " · " + lasted);
        how.getStyleClass().add("muted");
        how.setWrapText(true);
        rows.addRow(index, time, state, how);
    }

    private String by(Trigger trigger) {
        return trigger.isRequest()
                ? messages.text("history.asked", TriggerWords.arrow(messages, trigger))
                : messages.text("history." + trigger.name().toLowerCase(Locale.ROOT));
    }
}
