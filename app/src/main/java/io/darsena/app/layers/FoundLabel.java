package io.darsena.app.layers;

import io.darsena.app.text.Messages;
import javafx.beans.binding.Bindings;
import javafx.scene.control.Label;

/// How many files have been found, and that not all of them are shown; nothing while nothing is looked for.
public final class FoundLabel extends Label {

    public FoundLabel(Messages messages, ExplorerRows rows, Sought sought) {
        getStyleClass().addAll("muted", "small-text");
        setId("files-found");
        textProperty()
                .bind(Bindings.createStringBinding(
                        () -> {
                            int found = rows.foundCount();
                            if (sought.isOpen()) {
                                return "";
                            }
                            return found > ExplorerRows.MOST_FOUND
                                    ? messages.text("explorer.foundMore", found, ExplorerRows.MOST_FOUND)
                                    : messages.text("explorer.found", found);
                        },
                        rows,
                        sought.filter()));
    }
}
