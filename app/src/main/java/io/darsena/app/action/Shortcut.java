package io.darsena.app.action;

import io.darsena.app.action.Action.Group;
import java.util.List;
import javafx.scene.input.KeyCombination;

/// What keys do, for the overview.
///
/// @param words as the person reads them
/// @param keys each of which does it
public record Shortcut(Group group, String words, List<KeyCombination> keys) {

    public Shortcut {
        keys = List.copyOf(keys);
    }

    public Shortcut(Group group, String words, KeyCombination... keys) {
        this(group, words, List.of(keys));
    }
}
