package io.darsena.app.layers;

import io.darsena.app.list.ColumnMenu;
import io.darsena.app.list.ListColumns;
import io.darsena.app.screen.WindowContext;
import java.util.List;
import java.util.Set;
import javafx.scene.control.MenuButton;
import javafx.scene.control.Tooltip;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The columns of a table of files, as those of every list: which are shown, in what order, how wide, sorted by which.
/// Where there is little room, what matters least is not shown rather than all of it cut off, unless the person asked
/// for it: then all that is shown can be scrolled.
public final class ColumnsButton extends MenuButton {

    private static final List<String> BY_WORTH = List.of("growth", "size", "note", "mode", "owner", "modified");

    /// @param name of the table, for the memory
    public ColumnsButton(WindowContext context, String name, ExplorerTable files) {
        super("", new FontIcon(Feather.COLUMNS));
        String words = context.messages().text("list.columns");
        setId("file-columns");
        setMinWidth(USE_PREF_SIZE);
        setAccessibleText(words);
        setTooltip(new Tooltip(words));
        ColumnMenu<FileRow> menu = new ColumnMenu<>(
                context.messages(),
                new ListColumns<>(name, files, context.memory(), context.pump(), Set.of("name"), BY_WORTH));
        menu.under(this);
        menu.atHead(files);
    }
}
