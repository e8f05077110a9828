package io.darsena.app.control;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;

/// What an empty list says: why it is empty, and what to do.
public final class EmptyState extends VBox {

    public EmptyState(Ikon icon, String title, String explanation, Node... actions) {
        getStyleClass().add("empty-state");
        Label heading = new Label(title);
        heading.getStyleClass().add("title");
        Label words = new Label(explanation);
        words.getStyleClass().add("explanation");
        words.setMinHeight(USE_PREF_SIZE);
        getChildren().addAll(new FontIcon(icon), heading, words);
        getChildren().addAll(actions);
    }
}
