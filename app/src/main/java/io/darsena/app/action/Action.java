package io.darsena.app.action;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javafx.scene.input.KeyCombination;
import org.kordamp.ikonli.Ikon;

/// One thing that the window does when it is asked.
///
/// @param id stays the same from start to start, so that the palette can remember it
/// @param words as the person reads them
/// @param keys all that ask for it; the first is the one that is shown
/// @param possible whether it can be done now; asked on the JavaFX thread, each time
public record Action(
        String id,
        Group group,
        String words,
        Ikon icon,
        List<KeyCombination> keys,
        BooleanSupplier possible,
        Runnable deed) {

    /// Under what heading it stands in the palette and in the overview of shortcuts, in their order.
    public enum Group {
        COMMANDS,
        PLACES,
        VIEW,
        CONTAINERS,
        IMAGES,
        REGISTRIES,
        TRASH,
        LISTS,
        FILES,
        TEXTS,
        CHARTS,
        SETTINGS
    }

    public Action {
        keys = List.copyOf(keys);
    }

    public Optional<KeyCombination> key() {
        return keys.stream().findFirst();
    }

    public boolean isPossible() {
        return possible.getAsBoolean();
    }

    /// Does it, if it is possible now.
    ///
    /// @return whether it was
    public boolean perform() {
        boolean can = isPossible();
        if (can) {
            deed.run();
        }
        return can;
    }
}
