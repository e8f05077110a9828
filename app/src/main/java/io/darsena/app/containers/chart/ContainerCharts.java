package io.darsena.app.containers.chart;

import io.darsena.app.screen.WindowContext;
import io.darsena.app.session.MetricsFeed;
import io.darsena.app.session.MetricsHistory;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerMetrics;
import io.darsena.bridge.container.ContainerStatus;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;

/// What a container uses: some charts in columns, all with the same time from edge to edge.
///
/// The right edge is the present of what runs; of what has ended it is the last second that was measured, so that the
/// end can be looked at.
public final class ContainerCharts extends GridPane {

    /// A young container's first seconds fill the width as well as ten minutes do.
    private static final int[] SPANS = {60, 120, 300, MetricsHistory.SECONDS};
    /// So do the few that a short run had.
    private static final int[] SPANS_OF_WHAT_IS_OVER = {10, 30, 60, 120, 300, MetricsHistory.SECONDS};

    private final MetricsFeed feed;
    private final ChartNotes notes;
    private final List<MeasuredChart> charts;
    private Optional<ContainerId> shown = Optional.empty();
    private int columns;

    /// Of all plots, so that one second lies below the same second of the chart above. It does not get narrower while
    /// one container is looked at: a plot that jumps cannot be read.
    private double gutter;

    /// @param large with axes and numbers of their own
    public ContainerCharts(WindowContext context, List<ChartKind> kinds, boolean large) {
        this.feed = context.session().metrics();
        this.notes = new ChartNotes(context.messages());
        this.charts = kinds.stream()
                .map(kind -> new MeasuredChart(context.messages(), kind, large))
                .toList();
        getStyleClass().add("usage-charts");
        charts.forEach(chart -> getChildren().add(chart.node()));
        columns(1);
    }

    @Override
    protected void layoutChildren() {
        for (MeasuredChart chart : charts) {
            gutter = Math.max(gutter, chart.node().neededGutter());
        }
        charts.forEach(chart -> chart.node().gutter(gutter));
        super.layoutChildren();
    }

    /// How many stand beside each other.
    public void columns(int wanted) {
        if (columns == wanted) {
            return;
        }
        columns = wanted;
        getColumnConstraints().clear();
        for (int i = 0; i < columns; i++) {
            ColumnConstraints share = new ColumnConstraints();
            share.setPercentWidth(100.0 / columns);
            share.setMinWidth(0);
            getColumnConstraints().add(share);
        }
        for (int i = 0; i < charts.size(); i++) {
            GridPane.setConstraints(charts.get(i).node(), i % columns, i / columns);
            GridPane.setHgrow(charts.get(i).node(), Priority.ALWAYS);
        }
    }

    /// Why there is nothing to draw, in words; empty of what runs, or will again by itself, and of what was measured
    /// before it ended.
    public String nothingOf(Container container) {
        boolean lives = container.state().runningPid().isPresent() || container.status() == ContainerStatus.RESTARTING;
        return lives || feed.history(container.id()).length() > 0 ? "" : notes.nothing(container);
    }

    public void show(Container container) {
        if (shown.filter(container.id()::equals).isEmpty()) {
            shown = Optional.of(container.id());
            gutter = 0;
        }
        Optional<ContainerMetrics> sample = feed.newest(container.id());
        MetricsHistory history = feed.history(container.id());
        boolean runs = container.state().runningPid().isPresent();
        boolean measured = history.length() > 0;
        long end = runs ? Math.max(feed.now(), history.lastSecond()) : history.lastSecond();
        long length = measured ? history.length() + (end - history.lastSecond()) : 0;
        int seconds = IntStream.of(runs || !measured ? SPANS : SPANS_OF_WHAT_IS_OVER)
                .filter(each -> each >= length)
                .findFirst()
                .orElse(MetricsHistory.SECONDS);
        charts.forEach(chart -> chart.show(container, sample, history, end, runs, seconds));
    }
}
