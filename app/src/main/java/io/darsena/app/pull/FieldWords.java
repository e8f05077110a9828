package io.darsena.app.pull;

import javafx.beans.value.ObservableValue;
import javafx.scene.control.Label;

/// Words below a field, which take no room while there are none.
final class FieldWords {

    private FieldWords() {}

    static void show(Label label, ObservableValue<String> words) {
        label.setWrapText(true);
        words.subscribe(text -> {
            label.setText(text);
            label.setVisible(!text.isEmpty());
            label.setManaged(!text.isEmpty());
        });
    }
}
