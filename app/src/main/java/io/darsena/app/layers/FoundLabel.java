package io.darsena.app.layers;

import io.darsena.app.text.Messages;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableStringValue;
import javafx.scene.control.Label;

/// How many files words have found, and that not all of them are shown; nothing without words.
public final class FoundLabel extends Label {

    public FoundLabel(Messages messages, ExplorerRows rows, ObservableStringValue words) {
        getStyleClass().addAll("muted", "small-text");
        setId("files-found");
        textProperty()
                .bind(Bindings.createStringBinding(
                        () -> {
                            int found = rows.foundCount();
                            if (words.get().isBlank()) {
                                return "";
                            }
                            return found > ExplorerRows.MOST_FOUND
                                    ? messages.text("explorer.foundMore", found, ExplorerRows.MOST_FOUND)
                                    : messages.text("explorer.found", found);
                        },
                        rows,
                        words));
    }
}
