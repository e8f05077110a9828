package io.darsena.engine.container;

import io.darsena.bridge.container.Container.HistoryEntry;
import io.darsena.bridge.container.Container.StartStep;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.container.Lifecycle.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A history, and the steps of a start, as text: an entry a line, its fields apart by tabs.
final class HistoryText {

    private static final long NANOS = 1_000_000_000L;
    private static final String NO_TRIGGER = "-";

    private HistoryText() {}

    static String write(List<HistoryEntry> history) {
        StringBuilder text = new StringBuilder(history.size() * 40);
        for (HistoryEntry entry : history) {
            text.append(entry.status().name()).append('\t');
            text.append(entry.trigger().map(Trigger::name).orElse(NO_TRIGGER)).append('\t');
            text.append(entry.at().getEpochSecond() * NANOS + entry.at().getNano())
                    .append('\n');
        }
        return text.toString();
    }

    static List<HistoryEntry> read(String text) {
        return text.lines()
                .map(line -> line.split("\t"))
                .map(fields -> new HistoryEntry(
                        ContainerStatus.valueOf(fields[0]),
                        fields[1].equals(NO_TRIGGER) ? Optional.empty() : Optional.of(Trigger.valueOf(fields[1])),
                        instant(Long.parseLong(fields[2]))))
                .toList();
    }

    private static Instant instant(long nanoseconds) {
        return Instant.ofEpochSecond(Math.floorDiv(nanoseconds, NANOS), Math.floorMod(nanoseconds, NANOS));
    }

    static String writeSteps(List<StartStep> steps) {
        StringBuilder text = new StringBuilder(steps.size() * 30);
        for (StartStep step : steps) {
            text.append(step.name()).append('\t').append(step.took().toNanos()).append('\t');
            text.append(step.detail().replaceAll("[\t\n\r]", " ")).append('\n');
        }
        return text.toString();
    }

    static List<StartStep> readSteps(String text) {
        return text.lines()
                .map(line -> line.split("\t", 3))
                .map(fields -> new StartStep(fields[0], Duration.ofNanos(Long.parseLong(fields[1])), fields[2]))
                .toList();
    }
}
