package io.darsena.app.layers;

import io.darsena.app.text.Messages;
import javafx.beans.property.StringProperty;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Where files are found as letters are typed. Escape empties it, the down arrow leads to what was found.
public final class FileFilterBox extends HBox {

    private final TextField field = new TextField();

    public FileFilterBox(Messages messages, StringProperty words, ExplorerTable files) {
        this(messages, words, files, "file-filter", "explorer.filter");
    }

    /// Where something else is found than files.
    ///
    /// @param prompt the key of what the field says that it is for
    public FileFilterBox(Messages messages, StringProperty words, TableView<?> found, String id, String prompt) {
        super(new FontIcon(Feather.SEARCH));
        getStyleClass().addAll("search-box", "file-filter");
        field.setId(id);
        field.setPromptText(messages.text(prompt));
        field.setAccessibleText(messages.text(prompt));
        field.textProperty().bindBidirectional(words);
        field.addEventFilter(KeyEvent.KEY_PRESSED, key -> {
            if (key.getCode() == KeyCode.ESCAPE && !field.getText().isEmpty()) {
                field.clear();
                key.consume();
            } else if (key.getCode() == KeyCode.DOWN) {
                found.requestFocus();
                found.getSelectionModel().clearAndSelect(0);
                key.consume();
            }
        });
        HBox.setHgrow(field, Priority.ALWAYS);
        getChildren().add(field);
    }

    /// Puts the keyboard into the field, with what is typed selected.
    @Override
    public void requestFocus() {
        field.requestFocus();
        field.selectAll();
    }
}
