package io.darsena.app.run;

import io.darsena.app.theme.WindowMemory;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// How each image was run the last time, also before the last start. Names are not kept, because no two containers have
/// the same; nor is the environment, because it holds people's secrets.
public final class RunChoices {

    private static final List<RunField> KEPT = List.of(
            RunField.COMMAND,
            RunField.MEMORY,
            RunField.CPUS,
            RunField.PROCESSES,
            RunField.HOSTNAME,
            RunField.USER,
            RunField.WORKING_DIRECTORY);

    private static final String IMAGES = "run.images";
    private static final String AUTO_REMOVE = "autoRemove";
    private static final String READ_ONLY = "readOnlyRoot";
    private static final int MOST_IMAGES = 30;

    private final WindowMemory memory;

    public RunChoices(WindowMemory memory) {
        this.memory = memory;
    }

    /// @param texts of the fields that are kept; blank where nothing was typed
    record Choice(Map<RunField, String> texts, boolean autoRemove, boolean readOnlyRoot) {

        static final Choice NONE = new Choice(
                KEPT.stream()
                        .collect(() -> new EnumMap<>(RunField.class), (map, field) -> map.put(field, ""), Map::putAll),
                false,
                false);
    }

    static List<RunField> fields() {
        return KEPT;
    }

    /// Empty for an image that was not run by the dialog yet.
    Optional<Choice> of(String image) {
        if (!images().contains(image)) {
            return Optional.empty();
        }
        Map<RunField, String> texts = new EnumMap<>(RunField.class);
        KEPT.forEach(field ->
                texts.put(field, memory.text(key(image, field.name())).orElse("")));
        return Optional.of(new Choice(texts, isSet(image, AUTO_REMOVE), isSet(image, READ_ONLY)));
    }

    private boolean isSet(String image, String what) {
        return memory.text(key(image, what)).map(Boolean::valueOf).orElse(false);
    }

    void keep(String image, Choice choice) {
        List<String> now = Stream.concat(Stream.of(image), images().stream().filter(other -> !other.equals(image)))
                .toList();
        now.stream().skip(MOST_IMAGES).forEach(this::forget);
        memory.remember(IMAGES, String.join(" ", now.stream().limit(MOST_IMAGES).toList()));
        choice.texts().forEach((field, text) -> memory.remember(key(image, field.name()), text));
        memory.remember(key(image, AUTO_REMOVE), Boolean.toString(choice.autoRemove()));
        memory.remember(key(image, READ_ONLY), Boolean.toString(choice.readOnlyRoot()));
        memory.saveSoon();
    }

    private void forget(String image) {
        KEPT.forEach(field -> memory.forget(key(image, field.name())));
        memory.forget(key(image, AUTO_REMOVE));
        memory.forget(key(image, READ_ONLY));
    }

    private List<String> images() {
        return memory.text(IMAGES).stream()
                .flatMap(images -> Stream.of(images.split(" ")))
                .filter(image -> !image.isEmpty())
                .toList();
    }

    private static String key(String image, String what) {
        return "run." + what + "." + image;
    }
}
