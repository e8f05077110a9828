package io.darsena.app.containers.summary;

import io.darsena.app.text.Messages;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.Container.StartStep;
import java.time.Duration;
import java.util.List;
import javafx.geometry.HPos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// "How it came to run": each step of the last start with what it made and how long it took.
final class StartStepsCard extends VBox {

    private static final double LONGEST_BAR = 108;
    private static final double SHORTEST_BAR = 3;

    private final Messages messages;
    private final Label total = new Label();
    private final GridPane steps = new GridPane();
    private List<StartStep> shown = List.of();

    StartStepsCard(Messages messages) {
        this.messages = messages;
        getStyleClass().addAll("card", "start-steps");
        Label heading = new Label(messages.text("steps.title"));
        heading.getStyleClass().add("strong");
        total.getStyleClass().add("muted");
        steps.getStyleClass().add("steps");
        ColumnConstraints wide = new ColumnConstraints();
        wide.setHgrow(Priority.ALWAYS);
        wide.setMinWidth(60);
        ColumnConstraints numbers = new ColumnConstraints();
        numbers.setHalignment(HPos.RIGHT);
        ColumnConstraints bars = new ColumnConstraints(LONGEST_BAR);
        steps.getColumnConstraints().addAll(new ColumnConstraints(), wide, numbers, bars);
        HBox title = new HBox(heading, total);
        title.getStyleClass().add("title-row");
        getChildren().addAll(title, steps);
    }

    void show(Container container) {
        if (shown.equals(container.startSteps()) && isManaged()) {
            return;
        }
        shown = container.startSteps();
        setVisible(!shown.isEmpty());
        setManaged(!shown.isEmpty());
        steps.getChildren().clear();
        Duration sum = shown.stream().map(StartStep::took).reduce(Duration.ZERO, Duration::plus);
        Duration longest = shown.stream()
                .map(StartStep::took)
                .reduce(Duration.ZERO, (one, other) -> one.compareTo(other) > 0 ? one : other);
        total.setText("· " + messages.quantities().measured(sum));
        for (int row = 0; row < shown.size(); row++) {
            steps.addRow(row, cells(shown.get(row), longest));
        }
    }

    private Node[] cells(StartStep step, Duration longest) {
        String key = "step." + step.name();
        Label name = new Label(messages.has(key) ? messages.text(key) : step.name());
        name.setMinWidth(Region.USE_PREF_SIZE);
        Label detail = new Label(step.facts().toString());
        detail.getStyleClass().add("muted");
        detail.setMinWidth(0);
        detail.setTooltip(new Tooltip(step.facts().toString()));
        Label took = new Label(messages.quantities().measured(step.took()));
        took.getStyleClass().add("number");
        took.setMinWidth(Region.USE_PREF_SIZE);
        Region bar = new Region();
        bar.getStyleClass().add("bar");
        double share = longest.isZero() ? 0 : (double) step.took().toNanos() / longest.toNanos();
        bar.setMinWidth(Math.max(SHORTEST_BAR, share * LONGEST_BAR));
        bar.setMaxWidth(Region.USE_PREF_SIZE);
        bar.setPrefWidth(bar.getMinWidth());
        return new Node[] {name, detail, took, bar};
    }
}
