package io.darsena.engine.settings;

import io.darsena.bridge.error.CorruptedException;
import io.darsena.bridge.settings.EngineSettings;
import io.darsena.engine.content.FileSystemSync;
import io.darsena.engine.content.StorageFailure;
import io.darsena.engine.json.JsonObject;
import io.darsena.engine.json.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// One JSON object, one member a part. Members that this version does not know are kept as they are: a
/// newer one may have written them.
final class SettingsFile {

    private static final int MOST_BYTES = 1 << 20;

    private final Path directory;
    private final Path path;

    SettingsFile(Path directory, Path path) {
        this.directory = directory;
        this.path = path;
    }

    Path path() {
        return path;
    }

    /// @param tree the whole file; empty when there is none that is whole
    /// @param faults what of it cannot be followed, and why
    /// @param unknown members that no part reads
    record Content(EngineSettings settings, ObjectNode tree, List<String> faults, List<String> unknown) {
        Content {
            faults = List.copyOf(faults);
            unknown = List.copyOf(unknown);
        }

        List<String> troubles() {
            List<String> troubles = new ArrayList<>(faults);
            unknown.forEach(name -> troubles.add("'" + name + "' is not a setting of this version"));
            return troubles;
        }
    }

    private static Content nothing(List<String> faults) {
        EngineSettings settings = EngineSettings.DEFAULT;
        if (!faults.isEmpty()) {
            for (SettingsPart part : SettingsPart.ALL) {
                settings = part.unreadable(settings);
            }
        }
        return new Content(settings, JsonText.object(), faults, List.of());
    }

    Content read() {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            return bytes.length > MOST_BYTES
                    ? nothing(List.of("it is larger than 1 MiB"))
                    : read(JsonObject.parse(bytes, "settings"));
        } catch (NoSuchFileException none) {
            return nothing(List.of());
        } catch (IOException failure) {
            return nothing(List.of("it cannot be read: " + StorageFailure.reason(failure)));
        } catch (CorruptedException malformed) {
            return nothing(List.of(malformed.reason()));
        }
    }

    private static Content read(JsonObject file) {
        List<String> faults = new ArrayList<>();
        EngineSettings settings = EngineSettings.DEFAULT;
        for (SettingsPart part : SettingsPart.ALL) {
            try {
                settings = part.read(file, settings);
            } catch (CorruptedException wrong) {
                EngineSettings before = settings;
                settings = part.unreadable(settings);
                faults.add(wrong.reason()
                        + (settings.equals(before) ? ", so the default holds" : ", so nothing is pulled"));
            }
        }
        ObjectNode tree = (ObjectNode) file.node();
        Set<String> known = SettingsPart.names();
        List<String> unknown = tree.propertyNames().stream()
                .filter(name -> !known.contains(name))
                .toList();
        return new Content(settings, tree, faults, unknown);
    }

    /// A reader, and whoever comes after a crash, sees the old file or the new one.
    Content write(EngineSettings settings, Content before) {
        ObjectNode tree = before.tree().deepCopy();
        for (SettingsPart part : SettingsPart.ALL) {
            tree.set(part.name(), part.write(settings));
        }
        try {
            keepRefused(before);
            replace((JsonText.indented(tree) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw StorageFailure.of("keep", "the settings in " + path, failure);
        }
        return new Content(settings, tree, List.of(), before.unknown());
    }

    /// What a person wrote by hand and could not be followed is not lost.
    private void keepRefused(Content before) throws IOException {
        if (!before.faults().isEmpty() && Files.exists(path)) {
            Files.copy(path, path.resolveSibling(path.getFileName() + ".refused"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void replace(byte[] text) throws IOException {
        Path next = path.resolveSibling(path.getFileName() + ".new");
        Files.write(next, text);
        try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
        FileSystemSync.sync(directory);
    }
}
