package io.darsena.app.containers.chart;

import io.darsena.app.containers.chart.ChartKind.Part;
import io.darsena.app.control.Curve;
import io.darsena.app.control.LiveChart;
import io.darsena.app.control.LiveChart.Shown;
import io.darsena.app.session.MetricsHistory;
import io.darsena.app.text.Messages;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// One chart of a container. Its numbers lie in arrays that are used again for each second.
final class MeasuredChart {

    private final ChartKind kind;
    private final boolean large;
    private final ChartNotes notes;
    private final LiveChart chart;
    private final List<String> names = new ArrayList<>();
    private final double[][] buffers;

    MeasuredChart(Messages messages, ChartKind kind, boolean large) {
        this.kind = kind;
        this.large = large;
        this.notes = new ChartNotes(messages);
        this.buffers = new double[kind.parts().size()][];
        kind.parts().forEach(part -> names.add(messages.text("chart.curve." + part.tone())));
        this.chart = new LiveChart(
                messages,
                messages.text(kind.titleKey()),
                kind.unit(),
                kind.parts().stream().map(Part::tone).toList(),
                names,
                large);
    }

    LiveChart node() {
        return chart;
    }

    /// @param end the second at the right edge
    void show(
            Container container,
            Optional<ContainerMetrics> sample,
            MetricsHistory history,
            long end,
            boolean now,
            int seconds) {
        OptionalDouble limit = ChartNotes.limit(kind, container, sample);
        chart.show(new Shown(
                curves(history, end, seconds, limit),
                end,
                now,
                limit,
                notes.words(kind, limit, sample, large),
                notes.absence(kind, container, history)));
    }

    private List<Curve> curves(MetricsHistory history, long end, int seconds, OptionalDouble limit) {
        List<Curve> curves = new ArrayList<>();
        for (int i = 0; i < buffers.length; i++) {
            // Small charts show one line, but for the three kinds of waiting; without a limit nothing holds it back.
            boolean wanted =
                    i == 0 || kind == ChartKind.PRESSURE || large && (kind != ChartKind.CPU || limit.isPresent());
            if (wanted) {
                if (buffers[i] == null || buffers[i].length != seconds) {
                    buffers[i] = new double[seconds];
                }
                history.read(kind.parts().get(i).series(), end, buffers[i]);
                curves.add(new Curve(names.get(i), buffers[i]));
            }
        }
        return curves;
    }
}
