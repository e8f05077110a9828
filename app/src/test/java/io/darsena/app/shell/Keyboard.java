package io.darsena.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.ToolkitStart;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;

/// The keys of a person without a mouse: nothing here puts the focus anywhere.
public final class Keyboard {

    /// Who has to press a key more often to come somewhere does not come there.
    private static final int MOST = 60;

    private final WindowOnFakeEngine window;

    public Keyboard(WindowOnFakeEngine window) {
        this.window = window;
    }

    /// Presses keys together: the last one while the others are held.
    public void press(KeyCode... keys) {
        List<KeyCode> release = new ArrayList<>(List.of(keys));
        Collections.reverse(release);
        window.robot().press(keys).release(release.toArray(new KeyCode[0]));
    }

    public void write(String words) {
        window.robot().write(words);
    }

    /// Presses them again and again until it is so.
    public void pressUntil(BooleanSupplier reached, KeyCode... keys) {
        int pressed = 0;
        while (!ToolkitStart.onFxThread(reached::getAsBoolean)) {
            assertThat(pressed++).as("keys pressed").isLessThan(MOST);
            press(keys);
        }
    }

    /// Goes on by Tab to what has this id.
    public void tabTo(String id) {
        pressUntil(() -> isOn(id), KeyCode.TAB);
    }

    /// Goes back by Shift+Tab to what has this id.
    public void tabBackTo(String id) {
        pressUntil(() -> isOn(id), KeyCode.SHIFT, KeyCode.TAB);
    }

    /// Whether what is pressed now goes to what has this id.
    public boolean isOn(String id) {
        return Window.getWindows().stream()
                .filter(Window::isFocused)
                .map(shown -> shown.getScene().getFocusOwner())
                .anyMatch(owner -> owner instanceof Node node && id.equals(node.getId()));
    }
}
