package io.darsena.app.files;

import java.util.ArrayList;
import java.util.List;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;

/// A line of a file with its number; what is sought stands out in it.
final class FileLineCell extends ListCell<FileLine> {

    private static final PseudoClass FOUND = PseudoClass.getPseudoClass("found");

    private final FileViewModel model;

    /// No flow of text, which would break the line where the list is a hair too narrow for it.
    private final HBox whole = new HBox();

    FileLineCell(FileViewModel model) {
        this.model = model;
    }

    @Override
    protected void updateItem(@Nullable FileLine line, boolean empty) {
        super.updateItem(line, empty);
        if (line == null || empty) {
            pseudoClassStateChanged(FOUND, false);
            setGraphic(null);
            setAccessibleText(null);
            return;
        }
        List<Node> parts = new ArrayList<>();
        parts.add(text(line.label() + "  ", "line-number"));
        boolean found = split(line.text(), parts) || model.sought().get() && model.isFound(getIndex());
        pseudoClassStateChanged(FOUND, found);
        whole.getChildren().setAll(parts);
        setAccessibleText(line.label().strip() + " " + line.text());
        setGraphic(whole);
    }

    private boolean split(String line, List<Node> parts) {
        String sought = model.sought().get() ? model.words().get() : "";
        boolean minding = model.mindingCase().get();
        int from = 0;
        int at = sought.isEmpty() ? -1 : FileViewModel.find(line, sought, 0, minding);
        boolean found = at >= 0;
        // Letters whose small form is longer would move the places.
        while (at >= 0 && at + sought.length() <= line.length()) {
            parts.add(text(line.substring(from, at), "line-text"));
            Label word = new Label(line.substring(at, at + sought.length()));
            word.getStyleClass().add("found-word");
            word.setMinWidth(USE_PREF_SIZE);
            parts.add(word);
            from = at + sought.length();
            at = FileViewModel.find(line, sought, from, minding);
        }
        parts.add(text(line.substring(from), "line-text"));
        return found;
    }

    private static Text text(String words, String style) {
        Text text = new Text(words);
        text.getStyleClass().add(style);
        return text;
    }
}
