package io.darsena.app.palette;

import io.darsena.app.action.KeyWords;
import io.darsena.app.control.Pictogram;
import io.darsena.app.palette.PaletteViewModel.Entry;
import io.darsena.app.text.Messages;
import java.util.BitSet;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

/// One entry: its icon, its words with the letters that fit, its heading and its key.
final class PaletteCell extends ListCell<Entry> {

    private final Messages messages;
    private Ikon icon = Feather.CIRCLE;
    private final TextFlow words = new TextFlow();
    private final Label heading = new Label();
    private final Label key = new Label();
    private final HBox row;

    PaletteCell(Messages messages) {
        this.messages = messages;
        heading.getStyleClass().add("heading");
        key.getStyleClass().add("key-hint");
        heading.setMinWidth(Region.USE_PREF_SIZE);
        key.setMinWidth(Region.USE_PREF_SIZE);
        HBox.setHgrow(words, Priority.ALWAYS);
        words.setMinWidth(0);
        row = new HBox(Pictogram.of(icon), words, heading, key);
        row.getStyleClass().add("row");
        row.setFillHeight(false);
        setPrefWidth(0);
    }

    @Override
    protected void updateItem(@Nullable Entry entry, boolean empty) {
        super.updateItem(entry, empty);
        setGraphic(entry == null || empty ? null : row);
        setAccessibleText(entry == null ? null : entry.action().words() + ", " + entry.heading());
        if (entry != null) {
            show(entry.action().icon());
            heading.setText(entry.heading());
            String shortcut = entry.action()
                    .key()
                    .map(combination -> KeyWords.of(combination, messages))
                    .orElse("");
            key.setText(shortcut);
            key.setVisible(!shortcut.isEmpty());
            key.setManaged(!shortcut.isEmpty());
            write(entry.action().words(), entry.letters());
        }
    }

    private void show(Ikon wanted) {
        if (!wanted.equals(icon)) {
            icon = wanted;
            row.getChildren().set(0, Pictogram.of(wanted));
        }
    }

    /// Letters that fit and letters that do not, each run of them as one text.
    private void write(String text, BitSet letters) {
        words.getChildren().clear();
        int at = 0;
        while (at < text.length()) {
            boolean fits = letters.get(at);
            int next = fits ? letters.nextClearBit(at) : letters.nextSetBit(at);
            int end = next < 0 ? text.length() : Math.min(next, text.length());
            Text run = new Text(text.substring(at, end));
            run.getStyleClass().add(fits ? "fitting" : "words");
            words.getChildren().add(run);
            at = end;
        }
    }
}
