package io.darsena.app.sync;

import javafx.scene.Node;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;

/// What says in a row that there is something newer, and leads to it at a click. It is no stop of the keyboard, as
/// nothing in a row is: the list hears [#KEY], and the row's menu has it too.
public final class UpdateMark extends Hyperlink {

    public static final KeyCombination KEY = new KeyCodeCombination(KeyCode.U, KeyCombination.SHORTCUT_DOWN);

    private static final double TIP_WIDTH = 420;

    private final Tooltip tip = new Tooltip();

    public UpdateMark(Node shown) {
        super("", shown);
        // One mark, one tooltip.
        shown.setMouseTransparent(true);
        getStyleClass().add("update-mark");
        setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        setFocusTraversable(false);
        setMinWidth(0);
        tip.setWrapText(true);
        tip.setMaxWidth(TIP_WIDTH);
        setTooltip(tip);
    }

    /// @param words what it says to who points at it, on top of `more`
    /// @param more what a click does
    public void say(String words, String more) {
        tip.setText(words + "\n" + more);
        setAccessibleText(words);
        setAccessibleHelp(more);
    }
}
