package io.darsena.app.settings;

import io.darsena.app.control.CopyButton;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// One card of a page: a heading, and rows of a name and what belongs to it.
final class SettingsCard extends VBox {

    private final GridPane rows = new GridPane();

    SettingsCard(String heading) {
        getStyleClass().add("card");
        Label title = new Label(heading);
        title.getStyleClass().add("strong");
        title.setWrapText(true);
        rows.getStyleClass().add("facts");
        ColumnConstraints names = new ColumnConstraints();
        names.setMinWidth(Region.USE_PREF_SIZE);
        ColumnConstraints values = new ColumnConstraints();
        values.setHgrow(Priority.ALWAYS);
        rows.getColumnConstraints().setAll(names, values);
        rows.managedProperty().bind(Bindings.isNotEmpty(rows.getChildren()));
        getChildren().addAll(title, rows);
    }

    /// A row whose name is the accessible name of its control, too.
    SettingsCard row(String name, Node value) {
        Label label = new Label(name);
        label.getStyleClass().addAll("muted", "row-name");
        label.setMinWidth(Region.USE_PREF_SIZE);
        if (value instanceof Control control) {
            label.setLabelFor(control);
            control.setAccessibleText(name);
        }
        rows.addRow(rows.getRowCount(), label, value);
        return this;
    }

    SettingsCard fact(String name, String value) {
        return row(name, wrapped(value));
    }

    SettingsCard fact(String name, ObservableValue<String> value) {
        Label label = wrapped("");
        label.textProperty().bind(value);
        return row(name, label);
    }

    /// Below the rows.
    SettingsCard with(Node... more) {
        getChildren().addAll(more);
        return this;
    }

    void clear() {
        rows.getChildren().clear();
    }

    static Label wrapped(String words) {
        Label label = new Label(words);
        label.setWrapText(true);
        return label;
    }

    static Label muted(String words) {
        Label label = wrapped(words);
        label.getStyleClass().add("muted");
        return label;
    }

    /// What is wrong with a field; takes no room while nothing is.
    static Label problem(ObservableValue<String> words) {
        Label label = wrapped("");
        label.getStyleClass().add("problem");
        words.subscribe(text -> {
            label.setText(text);
            label.setVisible(!text.isEmpty());
            label.setManaged(!text.isEmpty());
        });
        return label;
    }

    /// A command to type, with a button that copies it.
    static HBox command(String command, String copy) {
        Label words = wrapped(command);
        words.getStyleClass().add("mono");
        HBox.setHgrow(words, Priority.ALWAYS);
        words.setMaxWidth(Double.MAX_VALUE);
        CopyButton button = new CopyButton(copy, () -> command);
        button.setMinWidth(Region.USE_PREF_SIZE);
        HBox box = new HBox(words, button);
        box.getStyleClass().add("copyable-command");
        return box;
    }
}
