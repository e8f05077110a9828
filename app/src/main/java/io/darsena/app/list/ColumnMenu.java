package io.darsena.app.list;

import io.darsena.app.text.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.ContextMenuEvent;
import javafx.stage.WindowEvent;

/// What can be done with the columns of a list, under its Columns button and the right click of its head: everything
/// that the mouse does with the head itself, so that the keyboard can do it too.
public final class ColumnMenu<R> {

    private final Messages messages;
    private final ListColumns<R> columns;

    public ColumnMenu(Messages messages, ListColumns<R> columns) {
        this.messages = messages;
        this.columns = columns;
    }

    /// Makes it the menu of a button.
    public void under(MenuButton button) {
        button.getItems().setAll(items());
        button.addEventHandler(
                MenuButton.ON_SHOWING, showing -> button.getItems().setAll(items()));
    }

    /// Shows it when the head of the table is clicked with the right button.
    public void atHead(TableView<R> table) {
        table.addEventFilter(ContextMenuEvent.CONTEXT_MENU_REQUESTED, event -> {
            if (isAtHead(event)) {
                show(table, event.getScreenX(), event.getScreenY());
                event.consume();
            }
        });
    }

    /// Whether a menu is asked for at the head of a table rather than at its rows.
    static boolean isAtHead(ContextMenuEvent event) {
        Node at = event.getTarget() instanceof Node node && !event.isKeyboardTrigger() ? node : null;
        while (at != null && !at.getStyleClass().contains("column-header-background")) {
            at = at.getParent();
        }
        return at != null;
    }

    private void show(Node owner, double screenX, double screenY) {
        ContextMenu menu = new ContextMenu(items().toArray(new MenuItem[0]));
        menu.setId("column-menu");
        menu.addEventHandler(
                WindowEvent.WINDOW_HIDDEN, hidden -> menu.getItems().clear());
        menu.show(owner, screenX, screenY);
    }

    private List<MenuItem> items() {
        List<MenuItem> items = new ArrayList<>();
        columns.optional().forEach(column -> items.add(visible(column)));
        items.add(new SeparatorMenuItem());
        items.add(sorting());
        items.add(moving("list.moveLeft", -1));
        items.add(moving("list.moveRight", 1));
        items.add(new SeparatorMenuItem());
        items.add(item("list.resetColumns", columns::reset));
        return items;
    }

    private MenuItem visible(TableColumn<R, ?> column) {
        CheckMenuItem item = new CheckMenuItem(column.getText());
        item.setId("show-" + column.getId());
        item.setSelected(column.isVisible());
        item.setOnAction(event -> columns.show(column, item.isSelected()));
        return item;
    }

    private Menu sorting() {
        Menu menu = new Menu(messages.text("list.sortBy"));
        menu.setId("sort-by");
        menu.getItems().add(radio(messages.text("list.ownOrder"), !columns.isSorted(), columns::unsort));
        for (TableColumn<R, ?> column : columns.sortable()) {
            for (boolean ascending : new boolean[] {true, false}) {
                MenuItem item = radio(
                        messages.text(ascending ? "list.ascending" : "list.descending", column.getText()),
                        columns.sorts(column, ascending),
                        () -> columns.sortBy(column, ascending));
                item.setId("sort-" + column.getId() + (ascending ? "-up" : "-down"));
                menu.getItems().add(item);
            }
        }
        return menu;
    }

    private static RadioMenuItem radio(String words, boolean chosen, Runnable action) {
        RadioMenuItem item = new RadioMenuItem(words);
        item.setSelected(chosen);
        item.setOnAction(event -> action.run());
        return item;
    }

    private Menu moving(String key, int by) {
        Menu menu = new Menu(messages.text(key));
        Consumer<TableColumn<R, ?>> add = column -> {
            MenuItem item = new MenuItem(column.getText());
            item.setOnAction(event -> columns.move(column, by));
            menu.getItems().add(item);
        };
        columns.movable(by).forEach(add);
        menu.setDisable(menu.getItems().isEmpty());
        return menu;
    }

    private MenuItem item(String key, Runnable action) {
        MenuItem item = new MenuItem(messages.text(key));
        item.setId(key.substring(key.indexOf('.') + 1));
        item.setOnAction(event -> action.run());
        return item;
    }
}
