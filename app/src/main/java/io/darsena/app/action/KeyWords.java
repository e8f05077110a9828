package io.darsena.app.action;

import io.darsena.app.text.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyCombination.ModifierValue;

/// Keys as they are printed on the person's keyboard: `Ctrl+Shift+P`, `Ctrl+Maiusc+P`.
public final class KeyWords {

    private KeyWords() {}

    public static String of(KeyCombination key, Messages messages) {
        return String.join("+", parts(key, messages));
    }

    /// One word for each key that has to be held or pressed, in that order.
    public static List<String> parts(KeyCombination key, Messages messages) {
        List<String> parts = new ArrayList<>();
        if (key.getControl() == ModifierValue.DOWN || key.getShortcut() == ModifierValue.DOWN) {
            parts.add(messages.text("key.control"));
        }
        if (key.getAlt() == ModifierValue.DOWN) {
            parts.add(messages.text("key.alt"));
        }
        if (key.getShift() == ModifierValue.DOWN) {
            parts.add(messages.text("key.shift"));
        }
        parts.add(key instanceof KeyCodeCombination code ? word(code.getCode(), messages) : key.getDisplayText());
        return parts;
    }

    private static String word(KeyCode code, Messages messages) {
        return switch (code) {
            case COMMA -> ",";
            case PLUS, EQUALS -> "+";
            case MINUS -> "−";
            case SLASH -> "?";
            case LEFT -> "←";
            case RIGHT -> "→";
            case ENTER, SPACE, DELETE, ESCAPE ->
                messages.text("key." + code.name().toLowerCase(Locale.ROOT));
            default -> code.getName();
        };
    }
}
