package io.darsena.app.list;

import io.darsena.app.control.Pictogram;
import io.darsena.app.text.Messages;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Says how many rows are selected and offers what can be done with them together. It stands in the place of the
/// list's head while several are selected, so that nothing below it moves.
public final class BulkBar extends FlowPane {

    private final Messages messages;
    private final Label count = new Label();
    private final Map<String, Button> buttons = new LinkedHashMap<>();
    private final Map<String, String> verbs = new LinkedHashMap<>();
    private final Runnable clearing;
    private final Button clear;

    public BulkBar(Messages messages, Runnable clearing) {
        this.messages = messages;
        this.clearing = clearing;
        getStyleClass().add("bulk-bar");
        setId("bulk-bar");
        setAccessibleRole(AccessibleRole.TOOL_BAR);
        count.getStyleClass().add("strong");
        count.setMinWidth(USE_PREF_SIZE);
        clear = new Button(messages.text("bulk.clear"), new FontIcon(Feather.X));
        clear.setId("bulk-clear");
        clear.getStyleClass().add("flat");
        clear.setMinWidth(USE_PREF_SIZE);
        clear.setOnAction(event -> dismiss());
        getChildren().addAll(count, clear);
        show(0, Map.of());
    }

    /// Gives the list's head its place back, and up what was selected.
    public void dismiss() {
        if (isVisible()) {
            clearing.run();
            show(0, Map.of());
        }
    }

    /// What was added by this id.
    public Button button(String id) {
        return Objects.requireNonNull(buttons.get(id), "nothing was added as " + id);
    }

    /// Adds something that can be done, before Clear.
    public void add(String id, String verb, Ikon icon, Runnable action) {
        Button button = new Button(verb, Pictogram.of(icon));
        button.setId("bulk-" + id);
        button.setMinWidth(USE_PREF_SIZE);
        button.setOnAction(event -> action.run());
        buttons.put(id, button);
        verbs.put(id, verb);
        getChildren().add(getChildren().indexOf(clear), button);
    }

    /// @param able to how many of the selected rows each thing can be done; what can be done to none is not offered
    public void show(int selected, Map<String, Integer> able) {
        setVisible(selected > 1);
        count.setText(messages.text("bulk.selected", selected));
        setAccessibleText(count.getText());
        buttons.forEach((id, button) -> {
            int number = able.getOrDefault(id, 0);
            button.setVisible(number > 0);
            button.setManaged(number > 0);
            String verb = verbs.getOrDefault(id, "");
            button.setText(number == selected ? verb : messages.text("bulk.some", verb, number));
        });
    }
}
