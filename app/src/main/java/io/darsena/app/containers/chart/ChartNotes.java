package io.darsena.app.containers.chart;

import io.darsena.app.session.MetricsHistory;
import io.darsena.app.text.Messages;
import io.darsena.app.text.Quantities;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerMetrics;
import io.darsena.bridge.container.ContainerMetrics.Absence;
import io.darsena.bridge.container.ContainerMetrics.Measure;
import io.darsena.bridge.container.ContainerMetrics.Throttling;
import io.darsena.bridge.container.ContainerState.Exited;
import io.darsena.bridge.container.ResourceLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// What is to be known of a chart besides its curves: the limit, sums since the start, and why nothing is drawn.
final class ChartNotes {

    private static final double ONE_CORE = 100;

    /// A shorter run may be over before anything of it is measured.
    private static final Duration SHORT = Duration.ofSeconds(3);

    private final Messages messages;
    private final Quantities quantities;

    ChartNotes(Messages messages) {
        this.messages = messages;
        this.quantities = messages.quantities();
    }

    static OptionalDouble limit(ChartKind kind, Container container, Optional<ContainerMetrics> sample) {
        ResourceLimits limits = container.spec().limits();
        return switch (kind) {
            case CPU ->
                limits.cpus().isPresent()
                        ? OptionalDouble.of(limits.cpus().getAsDouble() * ONE_CORE)
                        : OptionalDouble.empty();
            case MEMORY -> either(sample.map(ContainerMetrics::memoryLimit), limits.memory());
            case PROCESSES -> either(sample.map(ContainerMetrics::processLimit), limits.processes());
            case BLOCK, NETWORK, PRESSURE -> OptionalDouble.empty();
        };
    }

    private static OptionalDouble either(Optional<OptionalLong> measured, OptionalLong asked) {
        OptionalLong limit = measured.filter(OptionalLong::isPresent).orElse(asked);
        return limit.isPresent() ? OptionalDouble.of(limit.getAsLong()) : OptionalDouble.empty();
    }

    /// @param large whether there is room for more than the limit
    String words(ChartKind kind, OptionalDouble limit, Optional<ContainerMetrics> sample, boolean large) {
        List<String> words = new ArrayList<>();
        switch (kind) {
            case CPU, MEMORY, PROCESSES -> words.add(limit(kind, limit));
            case PRESSURE -> words.add(messages.text(large ? "chart.pressure.note" : "chart.pressure.parts"));
            case BLOCK, NETWORK -> {}
        }
        if (large && sample.isPresent()) {
            sums(kind, sample.get(), words);
        }
        return String.join(" · ", words);
    }

    private String limit(ChartKind kind, OptionalDouble limit) {
        return limit.isPresent()
                ? messages.text("chart.limit", limitWords(kind, limit.getAsDouble()))
                : messages.text("chart.noLimit");
    }

    private String limitWords(ChartKind kind, double limit) {
        return kind == ChartKind.CPU
                ? quantities.decimal(limit) + "\u00a0%"
                : kind.unit().words(messages, limit);
    }

    private void sums(ChartKind kind, ContainerMetrics sample, List<String> words) {
        switch (kind) {
            case CPU ->
                sample.throttling()
                        .filter(held -> held.throttledPeriods() > 0)
                        .ifPresent(held -> words.add(messages.text("chart.held.note", share(held))));
            case MEMORY -> {
                sample.swap().ifPresent(bytes -> {
                    if (bytes > 0) {
                        words.add(messages.text("chart.swap", quantities.memory(bytes)));
                    }
                });
                sample.oomKills().ifPresent(kills -> {
                    if (kills > 0) {
                        words.add(messages.text("chart.oomKills", kills));
                    }
                });
            }
            case BLOCK -> total(words, sample.blockRead(), sample.blockWritten());
            case NETWORK -> total(words, sample.networkReceived(), sample.networkSent());
            case PROCESSES, PRESSURE -> {}
        }
    }

    private String share(Throttling held) {
        return quantities.percent(100.0 * held.throttledPeriods() / Math.max(1, held.periods()));
    }

    private void total(List<String> words, OptionalLong in, OptionalLong out) {
        if (in.isPresent() && out.isPresent()) {
            words.add(messages.text("chart.total", quantities.size(in.getAsLong()), quantities.size(out.getAsLong())));
        }
    }

    /// Why nothing was measured of what does not run.
    String nothing(Container container) {
        if (container.runs() == 0) {
            return messages.text("chart.absent.never");
        }
        boolean brief = container.state() instanceof Exited exited
                && Duration.between(exited.startedAt(), exited.since()).compareTo(SHORT) < 0;
        return messages.text(brief ? "chart.absent.early" : "chart.absent.notRun");
    }

    /// Why nothing is drawn; empty when there is something.
    String absence(ChartKind kind, Container container, MetricsHistory history) {
        if (history.length() == 0) {
            return container.state().runningPid().isPresent() ? messages.text("chart.absent.soon") : nothing(container);
        }
        Measure first = kind.parts().getFirst().series().measure();
        // A rate takes two samples.
        if (container.state().runningPid().isEmpty()
                && history.length() == 1
                && history.absence(first)
                        .filter(reason -> reason == Absence.FIRST_SAMPLE)
                        .isPresent()) {
            return messages.text("chart.absent.short");
        }
        List<Absence> reasons = kind.parts().stream()
                .flatMap(part -> history.absence(part.series().measure()).stream())
                .filter(reason -> reason != Absence.FIRST_SAMPLE && reason != Absence.GONE)
                .toList();
        // The second curve alone may be missing.
        return history.absence(first).isEmpty() || reasons.isEmpty()
                ? ""
                : messages.text("chart.absent." + reasons.getFirst().name().toLowerCase(Locale.ROOT));
    }
}
