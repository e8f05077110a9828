package io.darsena.app.containers.summary;

import io.darsena.app.text.Messages;
import io.darsena.bridge.container.ContainerStatus;
import java.util.List;
import java.util.Locale;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/// One state of the drawing: its name, and when the container was in it.
final class StateNode extends VBox {

    private static final List<String> TONES = List.of("running", "paused", "moving", "untouched", "ended", "failed");

    private final Messages messages;
    private final Label name = new Label();
    private final Label when = new Label();

    StateNode(Messages messages, ContainerStatus status) {
        this.messages = messages;
        getStyleClass().add("state-node");
        setId("state-" + status.name().toLowerCase(Locale.ROOT));
        setManaged(false);
        setAccessibleRole(AccessibleRole.TEXT);
        name.setText(messages.text("state." + status.name().toLowerCase(Locale.ROOT)));
        name.getStyleClass().add("name");
        when.getStyleClass().add("when");
        getChildren().addAll(name, when);
    }

    /// @param tone of [StateBadge#tone]
    void light(String tone, String words) {
        if (getStyleClass().contains(tone) && words.equals(when.getText())) {
            return;
        }
        getStyleClass().removeAll(TONES);
        getStyleClass().removeAll("current");
        getStyleClass().addAll("current", tone);
        say(words);
        setAccessibleText(messages.text("diagram.current", name.getText(), words));
    }

    void dim(String words) {
        getStyleClass().removeAll(TONES);
        getStyleClass().removeAll("current");
        say(words);
        setAccessibleText(name.getText() + (words.isEmpty() ? "" : ", " + words));
    }

    private void say(String words) {
        when.setText(words);
        when.setVisible(!words.isEmpty());
        when.setManaged(!words.isEmpty());
    }
}
