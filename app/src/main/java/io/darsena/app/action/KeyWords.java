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

    /// Those of a shortcut, each as [#parts] has it. Keys that are printed alike, as those of the number pad are, count
    /// once.
    public static List<List<String>> distinct(Shortcut shortcut, Messages messages) {
        return shortcut.keys().stream()
                .map(key -> parts(key, messages))
                .distinct()
                .toList();
    }

    private static String word(KeyCode code, Messages messages) {
        return switch (code) {
            case COMMA -> ",";
            case PLUS, EQUALS, ADD -> "+";
            case MINUS, SUBTRACT -> "−";
            case NUMPAD0 -> "0";
            case SLASH -> "?";
            case LEFT -> "←";
            case RIGHT -> "→";
            case UP -> "↑";
            case DOWN -> "↓";
            case ENTER, SPACE, DELETE, ESCAPE, BACK_SPACE, HOME, END, CONTEXT_MENU ->
                messages.text("key." + code.name().toLowerCase(Locale.ROOT));
            default -> code.getName();
        };
    }
}
