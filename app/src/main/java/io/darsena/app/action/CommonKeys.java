package io.darsena.app.action;

import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;

/// Keys that mean the same wherever they are heard.
public final class CommonKeys {

    /// Reads again what is shown.
    public static final KeyCombination REFRESH = new KeyCodeCombination(KeyCode.F5);

    private CommonKeys() {}
}
