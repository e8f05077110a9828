package io.darsena.app.containers.item;

import io.darsena.app.control.LiveChart;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.session.MetricsFeed;
import io.darsena.app.session.MetricsHistory;
import io.darsena.app.text.Messages;
import io.darsena.app.text.Quantities;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerMetrics;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntFunction;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;

/// CPU, memory and processes of the last ten minutes, each against its limit.
public final class UsageCharts extends GridPane {

    private static final double ONE_CORE = 100;
    private static final double SMALL_MEMORY = 16 << 20;
    private static final double FEW_PROCESSES = 8;

    private final Messages messages;
    private final Quantities quantities;
    private final MetricsFeed feed;
    private final LiveChart cpu;
    private final LiveChart memory;
    private final LiveChart processes;

    public UsageCharts(WindowContext context) {
        this.messages = context.messages();
        this.quantities = messages.quantities();
        this.feed = context.session().metrics();
        IntFunction<String> span = seconds -> quantities.duration(Duration.ofSeconds(seconds));
        cpu = new LiveChart(messages.text("column.cpu"), "cpu", span);
        memory = new LiveChart(messages.text("column.memory"), "memory", span);
        processes = new LiveChart(messages.text("chart.processes"), "processes", span);
        getStyleClass().add("usage-charts");
        lieDown(false);
    }

    /// Beside each other, or one below the other.
    public void lieDown(boolean lying) {
        List<LiveChart> charts = List.of(cpu, memory, processes);
        getChildren().setAll(charts);
        getColumnConstraints().clear();
        for (int i = 0; i < charts.size(); i++) {
            GridPane.setConstraints(charts.get(i), lying ? i : 0, lying ? 0 : i);
            GridPane.setHgrow(charts.get(i), Priority.ALWAYS);
            if (lying) {
                ColumnConstraints third = new ColumnConstraints();
                third.setPercentWidth(100.0 / charts.size());
                getColumnConstraints().add(third);
            }
        }
    }

    public void show(Container container) {
        Optional<ContainerMetrics> now = feed.newest(container.id());
        MetricsHistory history = feed.history(container.id());
        showCpu(container, now, history);
        showMemory(container, now, history);
        showProcesses(container, now, history);
    }

    private void showCpu(Container container, Optional<ContainerMetrics> now, MetricsHistory history) {
        OptionalDouble cores = container.spec().limits().cpus();
        OptionalDouble limit = cores.isPresent() ? OptionalDouble.of(cores.getAsDouble() * ONE_CORE) : cores;
        cpu.show(
                history.cpuPercent(),
                limit.isPresent() ? 1 : ONE_CORE,
                limit,
                now.filter(sample -> sample.cpuPercent().isPresent())
                        .map(sample -> quantities.percent(sample.cpuPercent().getAsDouble()))
                        .orElse("–"),
                limit.isPresent()
                        ? messages.text("chart.limit", quantities.decimal(limit.getAsDouble()) + "\u00a0%")
                        : messages.text("chart.noLimit"));
    }

    private void showMemory(Container container, Optional<ContainerMetrics> now, MetricsHistory history) {
        OptionalDouble limit = container.spec().limits().memory().isPresent()
                ? OptionalDouble.of(container.spec().limits().memory().getAsLong())
                : OptionalDouble.empty();
        memory.show(
                history.memory(),
                limit.isPresent() ? 1 : SMALL_MEMORY,
                limit,
                now.filter(sample -> sample.memory().isPresent())
                        .map(sample -> quantities.memory(sample.memory().getAsLong()))
                        .orElse("–"),
                limit.isPresent()
                        ? messages.text("chart.limit", quantities.memory((long) limit.getAsDouble()))
                        : messages.text("chart.noLimit"));
    }

    private void showProcesses(Container container, Optional<ContainerMetrics> now, MetricsHistory history) {
        var limit = container.spec().limits().processes();
        processes.show(
                history.processes(),
                FEW_PROCESSES,
                OptionalDouble.empty(),
                now.filter(sample -> sample.processes().isPresent())
                        .map(sample -> quantities.count(sample.processes().getAsLong()))
                        .orElse("–"),
                limit.isPresent()
                        ? messages.text("chart.limit", quantities.count(limit.getAsLong()))
                        : messages.text("chart.noLimit"));
    }
}
