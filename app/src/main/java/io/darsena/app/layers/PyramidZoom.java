package io.darsena.app.layers;

import io.darsena.app.list.ListCells;
import io.darsena.app.text.Messages;
import io.darsena.app.theme.Zoom;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.feather.Feather;

/// How large a pyramid is drawn, or several beside each other: `+`, `−` and `0` change it, as the wheel does with
/// Ctrl, and buttons.
public final class PyramidZoom {

    private final Messages messages;
    private final Zoom zoom = new Zoom();

    public PyramidZoom(Messages messages) {
        this.messages = messages;
    }

    public Zoom zoom() {
        return zoom;
    }

    /// Hears keys and the wheel in what shows the pyramid.
    public void hearIn(Node pyramid) {
        pyramid.addEventFilter(ScrollEvent.SCROLL, this::turned);
        pyramid.addEventFilter(KeyEvent.KEY_TYPED, this::typed);
    }

    private void turned(ScrollEvent wheel) {
        if (wheel.isShortcutDown()) {
            by(wheel.getDeltaY() > 0 ? "+" : wheel.getDeltaY() < 0 ? "-" : "");
            wheel.consume();
        }
    }

    /// Signs and not keys: where they lie differs from keyboard to keyboard.
    private void typed(KeyEvent key) {
        if (!key.isShortcutDown() && !key.isAltDown() && by(key.getCharacter())) {
            key.consume();
        }
    }

    private boolean by(String sign) {
        switch (sign) {
            case "+" -> zoom.grow();
            case "-" -> zoom.shrink();
            case "0" -> zoom.usual();
            default -> {
                return false;
            }
        }
        return true;
    }

    /// Smaller, as it is, larger.
    ///
    /// @param id what the identities of the buttons begin with
    public Node tools(String id) {
        Button smaller = button(Feather.ZOOM_OUT, id + "-smaller", "pyramid.smaller", zoom::shrink);
        Button larger = button(Feather.ZOOM_IN, id + "-larger", "pyramid.larger", zoom::grow);
        Button usual = new Button();
        usual.getStyleClass().addAll("flat", "small");
        usual.setId(id + "-zoom");
        usual.setMinWidth(Region.USE_PREF_SIZE);
        usual.setOnAction(event -> zoom.usual());
        zoom.factor().subscribe(factor -> {
            String percent = messages.text("settings.percent", zoom.percent());
            usual.setText(percent);
            ListCells.name(usual, messages.text("pyramid.usual", percent));
            smaller.setDisable(!zoom.canShrink());
            larger.setDisable(!zoom.canGrow());
        });
        HBox tools = new HBox(smaller, usual, larger);
        tools.getStyleClass().add("pyramid-zoom");
        return tools;
    }

    private Button button(Feather icon, String id, String key, Runnable action) {
        Button button = ListCells.button(icon);
        button.setFocusTraversable(true);
        button.setId(id);
        ListCells.name(button, messages.text(key));
        button.setOnAction(event -> action.run());
        return button;
    }
}
