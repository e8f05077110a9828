package io.darsena.app.containers.item;

import io.darsena.app.text.Messages;
import io.darsena.bridge.container.Lifecycle.Trigger;
import java.util.Locale;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

/// The words and icons of what moves a container.
public final class TriggerWords {

    private TriggerWords() {}

    /// As a menu has it: `Pause`.
    public static String verb(Messages messages, Trigger trigger) {
        return messages.text("action." + word(trigger));
    }

    /// As an arrow has it: `pause`.
    public static String arrow(Messages messages, Trigger trigger) {
        return messages.text("arrow." + word(trigger));
    }

    private static String word(Trigger trigger) {
        return trigger.name().toLowerCase(Locale.ROOT);
    }

    public static Ikon icon(Trigger trigger) {
        return switch (trigger) {
            case START, RESUME -> Feather.PLAY;
            case PAUSE -> Feather.PAUSE;
            case STOP -> Feather.SQUARE;
            case KILL -> Feather.ZAP;
            case RESTART -> Feather.ROTATE_CW;
            case REMOVE, FORCE_REMOVE -> Feather.TRASH_2;
            case PROCESS_ENDED, RESTARTED, RESTART_FAILED, REMOVE_FAILED -> Feather.CIRCLE;
        };
    }
}
