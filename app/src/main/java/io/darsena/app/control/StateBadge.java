package io.darsena.app.control;

import io.darsena.app.text.Messages;
import io.darsena.bridge.container.Container.Activity;
import io.darsena.bridge.container.ContainerState;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;

/// A container's state as a coloured shape with its word: a disc runs, bars are paused, a ring moves, a
/// dotted ring has not begun, a square has ended well, a triangle has not.
public final class StateBadge extends Label {

    private static final List<String> TONES = List.of("running", "paused", "moving", "untouched", "ended", "failed");

    private final Messages messages;
    private final Region shape = new Region();

    public StateBadge(Messages messages) {
        this.messages = messages;
        getStyleClass().add("state-badge");
        shape.getStyleClass().add("shape");
        setGraphic(shape);
        setAccessibleRole(AccessibleRole.TEXT);
        setMinWidth(USE_PREF_SIZE);
    }

    public void show(ContainerState state, Optional<Activity> activity) {
        show(word(messages, state, activity), tone(state, activity));
    }

    /// The state of something else in the same shapes.
    ///
    /// @param tone `running`, `paused`, `moving`, `untouched`, `ended` or `failed`
    public void show(String word, String tone) {
        setText(word);
        getStyleClass().removeAll(TONES);
        getStyleClass().add(tone);
    }

    /// `Running`, `Exited (137)`, `Stopping…`.
    public static String word(Messages messages, ContainerState state, Optional<Activity> activity) {
        if (activity.isPresent()) {
            return messages.text("activity." + activity.get().name().toLowerCase(Locale.ROOT));
        }
        String word = messages.text("state." + state.status().name().toLowerCase(Locale.ROOT));
        return state instanceof ContainerState.Exited exited ? word + " (" + exited.code() + ")" : word;
    }

    /// The style class that colours it.
    public static String tone(ContainerState state, Optional<Activity> activity) {
        if (activity.isPresent()) {
            return "moving";
        }
        return switch (state) {
            case ContainerState.Created created -> "untouched";
            case ContainerState.Running running -> "running";
            case ContainerState.Paused paused -> "paused";
            case ContainerState.Restarting restarting -> "moving";
            case ContainerState.Exited exited -> exited.code() == 0 ? "ended" : "failed";
            case ContainerState.Removing removing -> "moving";
            case ContainerState.Dead dead -> "failed";
        };
    }
}
