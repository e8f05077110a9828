package io.darsena.app.screen;

import io.darsena.app.theme.WindowMemory;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;

/// Which places the sidebar shows. The person may hide those of [#HIDEABLE]; that is remembered at once. What is hidden
/// can still be gone to by its key, from the palette and from other sections. JavaFX thread only.
public final class ShownSections {

    /// Containers are what the window is for, and Settings is where hidden places come back.
    public static final List<Section> HIDEABLE = List.of(Section.IMAGES, Section.REGISTRIES, Section.TRASH);

    private static final String KEY = "hiddenSections";

    private final WindowMemory memory;
    private final Map<Section, BooleanProperty> shown = new EnumMap<>(Section.class);

    public ShownSections(WindowMemory memory) {
        this.memory = memory;
        Set<String> hidden =
                Set.copyOf(Arrays.asList(memory.text(KEY).orElse("").split(",")));
        for (Section section : HIDEABLE) {
            BooleanProperty is = new SimpleBooleanProperty(!hidden.contains(word(section)));
            is.addListener(change -> remember());
            shown.put(section, is);
        }
    }

    private static String word(Section section) {
        return section.name().toLowerCase(Locale.ROOT);
    }

    private void remember() {
        memory.remember(
                KEY,
                HIDEABLE.stream()
                        .filter(section -> !shown(section).get())
                        .map(ShownSections::word)
                        .collect(Collectors.joining(",")));
        memory.saveSoon();
    }

    /// @param section one of [#HIDEABLE]
    public BooleanProperty shown(Section section) {
        return Objects.requireNonNull(shown.get(section), "this section cannot be hidden");
    }
}
