package io.darsena.app.list;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.geometry.Bounds;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;

/// A table as every list of the window is one: in the order that the columns say, several rows at once, a menu under
/// the right button and the menu key, a double click or Enter that opens. What a row is it does not know.
public final class ListTable<R> extends TableView<R> {

    /// Rows that change places while somebody aims at one are rows that cannot be hit.
    private static final Duration AIMING = Duration.ofSeconds(2);

    private static final double HAIR = 1;

    private final LiveOrder<R> order = new LiveOrder<>();
    private final KeptSelection<R> kept = new KeptSelection<>(this);
    private final ReadOnlyObjectWrapper<List<R>> selected = new ReadOnlyObjectWrapper<>(List.of());
    private Consumer<Runnable> later = Runnable::run;
    private boolean outdated;
    private Consumer<R> opener = row -> {};
    private RowMenu<R> menu = rows -> new ContextMenu();
    private Keys<R> keys = (key, rows) -> false;
    private long aimedAt = System.nanoTime() - AIMING.toNanos();

    /// Makes the menu of the selected rows, of which there is at least one.
    @FunctionalInterface
    public interface RowMenu<R> {
        ContextMenu of(List<R> rows);
    }

    /// What a key means for the selected rows, of which there is at least one.
    @FunctionalInterface
    public interface Keys<R> {
        /// @return whether it meant anything
        boolean pressed(KeyEvent key, List<R> rows);
    }

    public ListTable() {
        setMinHeight(0);
        ListEdges.keep(this);
        setSortPolicy(sorted -> {
            order.by(getComparator());
            return true;
        });
        getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        getSelectionModel().getSelectedIndices().addListener((ListChangeListener<Integer>) change -> outdate());
        getSelectionModel().selectedItemProperty().addListener(change -> outdate());
        addEventFilter(ContextMenuEvent.CONTEXT_MENU_REQUESTED, this::showMenu);
        addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        addEventHandler(MouseEvent.MOUSE_CLICKED, this::clicked);
        addEventFilter(MouseEvent.MOUSE_MOVED, moved -> aimedAt = System.nanoTime());
        addEventHandler(MouseEvent.MOUSE_EXITED, left -> {
            aimedAt -= AIMING.toNanos();
            renewOrder();
        });
    }

    /// Shows these rows, in the order that the columns say. A row that is selected stays so wherever it goes, and one
    /// that has gone leaves the selection.
    ///
    /// @param hop runs things after what the toolkit does now: while rows come and go, a selection is not what it
    /// will be
    public void showRows(ListRows<?, R, ?> rows, Consumer<Runnable> hop) {
        showRows(rows.shown(), hop);
        rows.settled().subscribe(this::renewOrder);
    }

    /// As [#showRows(ListRows, Consumer)], of rows that nothing filters, each a value that never changes.
    ///
    /// @param identity what stays the same of a row when one with other values takes its place
    public void showRows(ObservableList<R> shown, Consumer<Runnable> hop, Function<R, Object> identity) {
        kept.by(identity);
        showRows(shown, hop);
    }

    private void showRows(ObservableList<R> shown, Consumer<Runnable> hop) {
        later = hop;
        // Listeners hear of a change one after the other, and the order of the table is one of them.
        shown.addListener((ListChangeListener<R>) change -> kept.note());
        setItems(order.of(shown));
        shown.addListener((ListChangeListener<R>) change -> {
            kept.restore();
            outdate();
        });
    }

    public void onOpen(Consumer<R> opening) {
        opener = opening;
    }

    public void onMenu(RowMenu<R> made) {
        menu = made;
    }

    public void onKey(Keys<R> meaning) {
        keys = meaning;
    }

    /// Lets rows take the places that their values now give them, unless somebody is aiming at one.
    public void renewOrder() {
        if (System.nanoTime() - aimedAt > AIMING.toNanos()) {
            kept.note();
            order.renew();
            kept.restore();
        }
    }

    /// From the top of the list down; changes as a whole.
    public ReadOnlyObjectProperty<List<R>> selectedRows() {
        return selected.getReadOnlyProperty();
    }

    private void outdate() {
        if (!outdated) {
            outdated = true;
            later.accept(this::selected);
        }
    }

    private void selected() {
        outdated = false;
        List<R> now = getSelectionModel().getSelectedIndices().stream()
                .filter(index -> index >= 0 && index < getItems().size())
                .sorted()
                .map(index -> getItems().get(index))
                .filter(Objects::nonNull)
                .toList();
        if (!now.equals(selected.get())) {
            selected.set(now);
        }
    }

    /// Selects this row alone and brings it into view.
    public void choose(R row) {
        int index = getItems().indexOf(row);
        if (index >= 0) {
            getSelectionModel().clearAndSelect(index);
            selected();
            reveal(index);
        }
    }

    /// The mark of the keyboard stays where it is.
    public void clearSelection() {
        int marked = getFocusModel().getFocusedIndex();
        getSelectionModel().clearSelection();
        getFocusModel().focus(marked);
    }

    /// The rest of the window may have taken room from the list since the row was chosen.
    public void showChosen() {
        int index = getSelectionModel().getSelectedIndex();
        if (index >= 0) {
            reveal(index);
        }
    }

    /// Brings the chosen row into view, unless all of it is there.
    public void keepChosenShown() {
        int index = getSelectionModel().getSelectedIndex();
        if (index >= 0 && !isWhole(index)) {
            reveal(index);
        }
    }

    private boolean isWhole(int index) {
        Node view = lookup(".clipped-container");
        if (view == null) {
            return false;
        }
        Bounds seen = view.localToScene(view.getLayoutBounds());
        return lookupAll(".table-row-cell").stream()
                .filter(row -> row.isVisible() && row instanceof TableRow<?> shown && shown.getIndex() == index)
                .map(row -> row.localToScene(row.getLayoutBounds()))
                .anyMatch(row -> row.getMinY() >= seen.getMinY() - HAIR && row.getMaxY() <= seen.getMaxY() + HAIR);
    }

    private void reveal(int index) {
        double rows = Math.floor(getHeight() / Math.max(1, getFixedCellSize())) - 1;
        scrollTo((int) Math.max(0, index - Math.max(0, rows) / 2));
    }

    private void clicked(MouseEvent click) {
        if (click.getButton() == MouseButton.PRIMARY && click.getClickCount() == 2) {
            rowAt(click.getTarget()).ifPresent(opener);
        }
    }

    private Optional<R> rowAt(Object target) {
        for (Node at = target instanceof Node node ? node : null; at != null && !at.equals(this); at = at.getParent()) {
            if (at instanceof TableRow<?> row && !row.isEmpty()) {
                return Optional.of(getItems().get(row.getIndex()));
            }
        }
        return Optional.empty();
    }

    /// Opens a menu where it was asked for: of the rows at the pointer, or below the chosen row for the menu key.
    /// What is
    /// asked at the head is the [ColumnMenu]'s.
    private void showMenu(ContextMenuEvent event) {
        if (ColumnMenu.isAtHead(event)) {
            return;
        }
        event.consume();
        if (!event.isKeyboardTrigger()) {
            rowAt(event.getTarget())
                    .filter(row -> !selected.get().contains(row))
                    .ifPresent(this::select);
        }
        selected();
        if (selected.get().isEmpty()) {
            return;
        }
        ContextMenu made = menu.of(selected.get());
        Optional<Node> row = event.isKeyboardTrigger() ? shownRow() : Optional.empty();
        row.ifPresentOrElse(
                node -> made.show(node, Side.BOTTOM, node.getLayoutBounds().getHeight(), 0),
                () -> made.show(this, event.getScreenX(), event.getScreenY()));
    }

    private void select(R row) {
        getSelectionModel().clearAndSelect(getItems().indexOf(row));
    }

    private Optional<Node> shownRow() {
        int index = getSelectionModel().getSelectedIndex();
        return lookupAll(".table-row-cell").stream()
                .filter(node -> node instanceof TableRow<?> row && row.getIndex() == index)
                .findFirst();
    }

    private void pressed(KeyEvent key) {
        selected();
        List<R> rows = selected.get();
        boolean used = false;
        if (key.getCode() == KeyCode.ESCAPE && !rows.isEmpty()) {
            clearSelection();
            used = true;
        } else if (!rows.isEmpty() && keys.pressed(key, rows)) {
            used = true;
        } else if (key.getCode() == KeyCode.SPACE && !key.isShortcutDown() && !key.isShiftDown()) {
            toggleFocused();
            used = true;
        } else if (rows.isEmpty() && isStep(key) && !getItems().isEmpty()) {
            getSelectionModel().clearAndSelect(Math.max(0, getFocusModel().getFocusedIndex()));
            used = true;
        } else if (key.getCode() == KeyCode.ENTER && rows.size() == 1) {
            opener.accept(rows.getFirst());
            used = true;
        }
        if (used) {
            key.consume();
        }
    }

    /// The first step into a list takes the row that it stands on, not the one after it.
    private static boolean isStep(KeyEvent key) {
        return (key.getCode() == KeyCode.DOWN || key.getCode() == KeyCode.UP) && !key.isShortcutDown();
    }

    /// With Ctrl and the arrows the mark moves without selecting; Space takes a row in or out.
    private void toggleFocused() {
        int index = getFocusModel().getFocusedIndex();
        if (index < 0) {
            return;
        }
        if (getSelectionModel().isSelected(index)) {
            getSelectionModel().clearSelection(index);
        } else {
            getSelectionModel().select(index);
        }
    }
}
