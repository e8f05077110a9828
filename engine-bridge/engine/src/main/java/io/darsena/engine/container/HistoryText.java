package io.darsena.engine.container;

import io.darsena.bridge.container.Container.HistoryEntry;
import io.darsena.bridge.container.Container.StartStep;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.container.Lifecycle.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A history, and the steps of a start, as text: an entry a line, its fields apart by tabs, what is in the way escaped.
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
        StringBuilder text = new StringBuilder(steps.size() * 80);
        for (StartStep step : steps) {
            text.append(step.name()).append('\t').append(step.took().toNanos());
            new TreeMap<>(step.facts())
                    .forEach((key, value) ->
                            text.append('\t').append(escaped(key)).append('=').append(escaped(value)));
            text.append('\n');
        }
        return text.toString();
    }

    /// What an earlier version wrote of a step, words without `=`, is left out.
    static List<StartStep> readSteps(String text) {
        return text.lines().map(line -> step(line.split("\t", -1))).toList();
    }

    private static StartStep step(String[] fields) {
        Map<String, String> facts = new HashMap<>();
        for (int i = 2; i < fields.length; i++) {
            int equals = fields[i].indexOf('=');
            if (equals > 0) {
                facts.put(plain(fields[i].substring(0, equals)), plain(fields[i].substring(equals + 1)));
            }
        }
        return new StartStep(fields[0], Duration.ofNanos(Long.parseLong(fields[1])), facts);
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("=", "\\e");
    }

    private static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter != '\\' || i + 1 == text.length()) {
                plain.append(letter);
                continue;
            }
            i++;
            plain.append(
                    switch (text.charAt(i)) {
                        case 't' -> '\t';
                        case 'n' -> '\n';
                        case 'r' -> '\r';
                        case 'e' -> '=';
                        default -> text.charAt(i);
                    });
        }
        return plain.toString();
    }
}
