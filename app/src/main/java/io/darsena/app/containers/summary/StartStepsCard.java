package io.darsena.app.containers.summary;

import io.darsena.app.text.Messages;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.Container.HistoryEntry;
import io.darsena.bridge.container.Container.StartStep;
import io.darsena.bridge.container.ContainerStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javafx.geometry.HPos;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// "How it came to run": each step of the last start with what it made and how long it took. What took most of the time
/// stands out.
final class StartStepsCard extends VBox {

    private static final double LONGEST_BAR = 108;
    private static final double SHORT_BAR = 36;
    private static final double SHORTEST_BAR = 3;
    private static final double NARROW = 560;
    private static final double SLOW_SHARE = 0.4;
    private static final double GAP = 8;
    private static final double LEAST_OBJECT = 60;

    private final Messages messages;
    private final StepWords words;
    private final Label total = new Label();
    private final GridPane steps = new GridPane();
    private final ColumnConstraints bars = new ColumnConstraints();
    private List<StartStep> shown = List.of();
    private double longestBar = LONGEST_BAR;

    StartStepsCard(Messages messages) {
        this.messages = messages;
        this.words = new StepWords(messages);
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
        steps.getColumnConstraints().addAll(new ColumnConstraints(), wide, numbers, bars);
        widthProperty().subscribe(width -> fit(width.doubleValue() < NARROW ? SHORT_BAR : LONGEST_BAR));
        FlowPane title = new FlowPane(heading, total);
        title.getStyleClass().add("title-row");
        getChildren().addAll(title, steps);
    }

    private void fit(double longest) {
        bars.setMinWidth(longest);
        bars.setPrefWidth(longest);
        bars.setMaxWidth(longest);
        if (longest != longestBar) {
            longestBar = longest;
            draw();
        }
    }

    void show(Container container) {
        boolean present = !container.startSteps().isEmpty();
        setVisible(present);
        setManaged(present);
        Duration sum = container.startSteps().stream().map(StartStep::took).reduce(Duration.ZERO, Duration::plus);
        total.setText("· " + messages.quantities().measured(sum) + lastStart(container));
        if (shown.equals(container.startSteps())) {
            return;
        }
        shown = container.startSteps();
        draw();
    }

    private void draw() {
        steps.getChildren().clear();
        Duration sum = shown.stream().map(StartStep::took).reduce(Duration.ZERO, Duration::plus);
        Duration longest = shown.stream()
                .map(StartStep::took)
                .reduce(Duration.ZERO, (one, other) -> one.compareTo(other) > 0 ? one : other);
        for (int row = 0; row < shown.size(); row++) {
            steps.addRow(row, cells(shown.get(row), longest, sum));
        }
    }

    private String lastStart(Container container) {
        Optional<Instant> started = container.history().reversed().stream()
                .filter(entry -> entry.status() == ContainerStatus.RUNNING)
                .map(HistoryEntry::at)
                .findFirst();
        String at = started.map(instant -> " · " + messages.quantities().timeOfDayWithMillis(instant))
                .orElse("");
        return at + (container.runs() > 1 ? " · " + messages.text("steps.run", container.runs()) : "");
    }

    private Node[] cells(StartStep step, Duration longest, Duration sum) {
        boolean slow = step.took().toNanos() > sum.toNanos() * SLOW_SHARE;
        Label name = new Label(words.name(step));
        name.setMinWidth(Region.USE_PREF_SIZE);
        Label took = new Label(messages.quantities().measured(step.took()));
        took.getStyleClass().add("number");
        took.setMinWidth(Region.USE_PREF_SIZE);
        Node what = what(step);
        Region bar = bar(step, longest, slow);
        for (Node top : List.of(name, what, took, bar)) {
            GridPane.setValignment(top, VPos.TOP);
        }
        String share = messages.quantities().percent(100.0 * step.took().toNanos() / Math.max(1, sum.toNanos()));
        bar.setAccessibleRole(AccessibleRole.TEXT);
        bar.setAccessibleText(messages.text(slow ? "steps.share.most" : "steps.share", share));
        return new Node[] {name, what, took, bar};
    }

    private Node what(StartStep step) {
        String objects = words.objects(step);
        boolean single = !objects.isEmpty() && objects.indexOf(' ') < 0;
        Pane what = single ? new HBox(GAP) : new VBox();
        what.getStyleClass().add(single ? "what-line" : "what-lines");
        what.setMinWidth(0);
        String sentence = words.sentence(step);
        if (!sentence.isEmpty()) {
            Label said = new Label(sentence);
            said.getStyleClass().add("muted");
            said.setWrapText(!single);
            said.setTooltip(single ? new Tooltip(sentence) : null);
            what.getChildren().add(said);
        }
        if (!objects.isEmpty()) {
            what.getChildren().add(objects(objects, single));
        }
        return what;
    }

    /// One digest or path stands on the line of its step and is shortened in the middle; several have lines of their
    /// own.
    private static Label objects(String objects, boolean single) {
        Label kernel = new Label(objects);
        kernel.getStyleClass().addAll("muted", "kernel-objects");
        kernel.setWrapText(!single);
        if (single) {
            kernel.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
            kernel.setMinWidth(0);
            // What is left beside the words, which are shortened last.
            kernel.setPrefWidth(LEAST_OBJECT);
            kernel.setMaxWidth(Double.MAX_VALUE);
            kernel.setTooltip(new Tooltip(objects));
            HBox.setHgrow(kernel, Priority.ALWAYS);
        }
        return kernel;
    }

    private Region bar(StartStep step, Duration longest, boolean slow) {
        Region bar = new Region();
        bar.getStyleClass().add("bar");
        if (slow) {
            bar.getStyleClass().add("slow");
        }
        double share = longest.isZero() ? 0 : (double) step.took().toNanos() / longest.toNanos();
        bar.setPrefWidth(Math.max(SHORTEST_BAR, share * longestBar));
        bar.setMaxWidth(Region.USE_PREF_SIZE);
        return bar;
    }
}
