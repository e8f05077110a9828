package io.darsena.bridge.layer;

import io.darsena.bridge.container.Container;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageConfig;
import io.darsena.bridge.registry.ImagePreview;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// How two images say that they are to be run, part by part (OCI image-spec, config); or how containers are run.
///
/// @param rows what either of them says, also where both say the same; by part, then by name
public record ConfigComparison(List<Row> rows) {

    public ConfigComparison {
        rows = List.copyOf(rows);
    }

    /// What of a configuration a row is about.
    public enum Part {
        ENTRYPOINT,
        COMMAND,
        ENVIRONMENT,
        PORT,
        USER,
        WORKING_DIRECTORY,
        VOLUME,
        STOP_SIGNAL,
        LABEL,
        PLATFORM
    }

    /// @param name of the variable, port, volume or label; empty for a part of which there is one
    /// @param before what the old image says; empty where it says nothing
    /// @param after what the new image says
    public record Row(Part part, String name, Optional<String> before, Optional<String> after) {

        public FileChange change() {
            if (before.equals(after)) {
                return FileChange.NONE;
            }
            return before.isEmpty() ? FileChange.ADDED : after.isEmpty() ? FileChange.REMOVED : FileChange.CHANGED;
        }
    }

    public static ConfigComparison of(Image before, Image after) {
        return of(Told.of(before), Told.of(after));
    }

    /// With what a registry has.
    public static ConfigComparison of(Image before, ImagePreview after) {
        return of(Told.of(before), new Told(after.config(), after.platform()));
    }

    /// What one of them says.
    ///
    /// @param platform `os/architecture[/variant]`
    public record Told(ImageConfig config, String platform) {

        public static Told of(Image image) {
            return new Told(image.config(), image.platform());
        }

        /// @param image the container's
        public static Told of(Container container, Image image) {
            return new Told(container.spec().over(image.config()), image.platform());
        }
    }

    public static ConfigComparison of(Told before, Told after) {
        ImageConfig then = before.config();
        ImageConfig now = after.config();
        List<Row> rows = new ArrayList<>();
        one(rows, Part.ENTRYPOINT, words(then.entrypoint()), words(now.entrypoint()));
        one(rows, Part.COMMAND, words(then.command()), words(now.command()));
        several(rows, Part.ENVIRONMENT, variables(then), variables(now));
        several(rows, Part.PORT, themselves(then.exposedPorts()), themselves(now.exposedPorts()));
        one(rows, Part.USER, then.user(), now.user());
        one(rows, Part.WORKING_DIRECTORY, then.workingDirectory(), now.workingDirectory());
        several(rows, Part.VOLUME, themselves(then.volumes()), themselves(now.volumes()));
        one(rows, Part.STOP_SIGNAL, then.stopSignal(), now.stopSignal());
        several(rows, Part.LABEL, then.labels(), now.labels());
        one(rows, Part.PLATFORM, before.platform(), after.platform());
        return new ConfigComparison(rows);
    }

    /// The other way round.
    public ConfigComparison reversed() {
        return new ConfigComparison(rows.stream()
                .map(row -> new Row(row.part(), row.name(), row.after(), row.before()))
                .toList());
    }

    private static void one(List<Row> rows, Part part, String before, String after) {
        if (!before.isEmpty() || !after.isEmpty()) {
            rows.add(new Row(part, "", said(before), said(after)));
        }
    }

    private static Optional<String> said(String words) {
        return Optional.of(words).filter(text -> !text.isEmpty());
    }

    private static void several(List<Row> rows, Part part, Map<String, String> before, Map<String, String> after) {
        SequencedMap<String, String> all = new TreeMap<>(before);
        all.putAll(after);
        for (String name : all.keySet()) {
            rows.add(new Row(part, name, Optional.ofNullable(before.get(name)), Optional.ofNullable(after.get(name))));
        }
    }

    /// Of two settings of one variable the last counts, as for a process.
    private static Map<String, String> variables(ImageConfig config) {
        return config.environment().stream()
                .map(entry -> entry.split("=", 2))
                .collect(Collectors.toMap(
                        entry -> entry[0], entry -> entry.length > 1 ? entry[1] : "", (one, other) -> other));
    }

    private static Map<String, String> themselves(List<String> names) {
        return names.stream().distinct().collect(Collectors.toMap(Function.identity(), Function.identity()));
    }

    /// In exec form, `["sh", "-c", "echo \"hello\""]`; empty for none.
    private static String words(List<String> command) {
        return command.isEmpty()
                ? ""
                : command.stream()
                        .map(word -> "\"" + word.replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
                        .collect(Collectors.joining(", ", "[", "]"));
    }

    /// How many rows differ.
    public long differences() {
        return rows.stream().filter(row -> row.change() != FileChange.NONE).count();
    }
}
