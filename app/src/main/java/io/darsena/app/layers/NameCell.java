package io.darsena.app.layers;

import io.darsena.bridge.layer.FileChange;
import io.darsena.bridge.layer.FileKind;
import io.darsena.bridge.layer.FileListing;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.TableCell;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The name of an entry, as deep as it lies, with what opens it and the sign of what the layer did.
final class NameCell extends TableCell<FileRow, FileRow> {

    private static final double STEP = 16;
    private static final int DEEPEST_SHOWN = 24;
    private static final double TIP_WIDTH = 560;

    private final ExplorerRows rows;
    private final Region indent = new Region();
    private final FontIcon arrow = new FontIcon(Feather.CHEVRON_RIGHT);
    private final StackPane opener = new StackPane(arrow);
    private final Label sign = new Label();
    private final FontIcon icon = new FontIcon();
    private final Label name = new Label();
    private final HBox line = new HBox(indent, opener, sign, icon, name);

    /// Of the cell, not of what is in it: a new one for each entry that scrolls by takes longer than all else of it.
    private final Tooltip whole = new Tooltip();

    /// @param words what is known of an entry, asked for when a person wants to know it
    NameCell(ExplorerRows rows, Function<FileRow, String> words, Consumer<FileRow> toggle) {
        this.rows = rows;
        whole.setWrapText(true);
        whole.setMaxWidth(TIP_WIDTH);
        whole.setOnShowing(event -> {
            if (getItem() != null) {
                whole.setText(words.apply(getItem()));
            }
        });
        getStyleClass().add("file-name-cell");
        line.getStyleClass().add("file-line");
        sign.getStyleClass().add("file-sign");
        name.getStyleClass().add("file-name");
        name.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        name.setMinWidth(0);
        HBox.setHgrow(name, Priority.ALWAYS);
        opener.getStyleClass().add("file-opener");
        opener.setOnMousePressed(press -> {
            FileRow row = getItem();
            if (row != null && arrow.isVisible()) {
                toggle.accept(row);
                press.consume();
            }
        });
    }

    @Override
    protected void updateItem(@Nullable FileRow row, boolean empty) {
        super.updateItem(row, empty);
        Sight sight = rows.sight().orElse(null);
        if (row == null || empty || sight == null) {
            setGraphic(null);
            setTooltip(null);
            return;
        }
        FileListing tree = sight.files();
        int node = row.node();
        indent.setMinWidth(STEP * Math.min(row.depth(), DEEPEST_SHOWN));
        boolean directory = tree.kind(node) == FileKind.DIRECTORY;
        arrow.setVisible(directory && rows.isDirectory(node));
        arrow.setIconCode(row.open() ? Feather.CHEVRON_DOWN : Feather.CHEVRON_RIGHT);
        FileChange change = sight.tellsChanges() ? tree.change(node) : FileChange.NONE;
        // A directory that is as it was, with something new in it.
        boolean within = sight.tellsChanges() && change == FileChange.NONE && tree.touched(node) > 0;
        boolean hidden = sight.hiddenBy(node).isPresent();
        sign.setText(hidden ? FileWords.HIDDEN : within ? "·" : FileWords.sign(change));
        icon.setIconCode(icon(tree.kind(node)));
        name.setText(FileWords.name(tree, node));
        setTooltip(whole);
        setGraphic(line);
    }

    private static Feather icon(FileKind kind) {
        return switch (kind) {
            case DIRECTORY -> Feather.FOLDER;
            case SYMBOLIC_LINK -> Feather.CORNER_DOWN_RIGHT;
            case HARD_LINK -> Feather.LINK_2;
            case CHARACTER_DEVICE, BLOCK_DEVICE -> Feather.HARD_DRIVE;
            case NAMED_PIPE -> Feather.SHUFFLE;
            case FILE -> Feather.FILE;
        };
    }
}
