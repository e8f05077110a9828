package io.darsena.app.action;

import io.darsena.app.action.Action.Group;
import javafx.scene.input.KeyCombination;

/// A key and what it does, for the overview.
///
/// @param words as the person reads them
public record Shortcut(Group group, String words, KeyCombination key) {}
