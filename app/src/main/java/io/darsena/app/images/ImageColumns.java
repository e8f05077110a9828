package io.darsena.app.images;

import io.darsena.app.control.CopyButton;
import io.darsena.app.list.ListCells;
import io.darsena.app.screen.Section;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.sync.SyncWords;
import io.darsena.app.text.Messages;
import io.darsena.app.trust.TrustMark;
import io.darsena.bridge.sync.TagSync;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Side;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// What each column of the list shows and sorts by. Which there are, and how wide they begin, says the FXML.
final class ImageColumns {

    private final WindowContext context;
    private final Messages messages;
    private final ImageMenu menu;
    private final ObservableValue<Instant> clock;

    ImageColumns(WindowContext context, ImageMenu menu, ObservableValue<Instant> clock) {
        this.context = context;
        this.messages = context.messages();
        this.menu = menu;
        this.clock = clock;
    }

    void fill(TableView<ImageRow> table) {
        table.getColumns().forEach(this::fill);
    }

    private void fill(TableColumn<ImageRow, ?> column) {
        switch (column.getId()) {
            case "name" -> of(column, this::name, by(ImageRow::repository));
            case "tag" -> of(column, () -> ListCells.text(ImageRow::tag), by(ImageRow::tag));
            case "id" -> of(column, this::id, by(row -> row.now().id().toString()));
            case "platform" ->
                of(
                        column,
                        () -> ListCells.text(row -> row.now().platform()),
                        by(row -> row.now().platform()));
            case "layers" ->
                number(
                        column,
                        row -> messages.quantities().count(row.now().layers().size()),
                        row -> row.now().layers().size());
            case "size" ->
                number(
                        column,
                        row -> messages.quantities().sizeInColumn(row.now().size()),
                        row -> row.now().size());
            case "created" ->
                of(
                        column,
                        this::created,
                        Comparator.comparing((ImageRow row) -> row.created().orElse(Instant.MIN))
                                .reversed());
            case "imported" ->
                of(
                        column,
                        () -> ListCells.clocked(
                                clock, (ImageRow row) -> ago(row.now().importedAt())),
                        Comparator.comparing((ImageRow row) -> row.now().importedAt())
                                .reversed());
            case "sync" -> sync(column);
            case "users" -> users(column);
            case "actions" -> of(column, this::actions, by(ImageRow::reference));
            default -> throw new IllegalStateException("no column is called " + column.getId());
        }
    }

    private static Comparator<ImageRow> by(Function<ImageRow, String> words) {
        return Comparator.comparing(words, String.CASE_INSENSITIVE_ORDER);
    }

    /// The value is the row itself, anew whenever its image changes.
    @SuppressWarnings("unchecked") // the FXML's columns bear no types
    private static void of(
            TableColumn<ImageRow, ?> column, Supplier<TableCell<ImageRow, ImageRow>> cell, Comparator<ImageRow> order) {
        TableColumn<ImageRow, ImageRow> typed = (TableColumn<ImageRow, ImageRow>) column;
        typed.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
        typed.setCellFactory(owner -> cell.get());
        typed.setComparator(order);
    }

    private static void number(
            TableColumn<ImageRow, ?> column, Function<ImageRow, String> words, Function<ImageRow, Number> number) {
        of(
                column,
                () -> ListCells.text(words, "numeric"),
                Comparator.comparingDouble(row -> number.apply(row).doubleValue()));
    }

    private String ago(Instant then) {
        return messages.quantities().ago(then, clock.getValue());
    }

    private TableCell<ImageRow, ImageRow> created() {
        TableCell<ImageRow, ImageRow> cell = ListCells.clocked(
                clock, row -> row.created().map(this::ago).orElse(messages.text("images.unknownAge")));
        cell.setOnMouseEntered(entered -> cell.setTooltip(tip(cell.getItem())));
        return cell;
    }

    private @Nullable Tooltip tip(@Nullable ImageRow row) {
        return row == null
                ? null
                : row.created()
                        .map(then -> new Tooltip(messages.quantities().dateAndTime(then)))
                        .orElse(null);
    }

    /// The repository, and behind it whether the image is signed.
    private TableCell<ImageRow, ImageRow> name() {
        Label repository = new Label();
        repository.getStyleClass().add("strong");
        repository.setMinWidth(0);
        Tooltip whole = new Tooltip();
        repository.setTooltip(whole);
        TrustMark mark = new TrustMark(messages);
        HBox both = new HBox(repository, mark);
        both.getStyleClass().add("name-and-mark");
        AtomicReference<Subscription> following = new AtomicReference<>(Subscription.EMPTY);
        return ListCells.node(
                both,
                (box, row) -> {
                    repository.setText(row.repository());
                    whole.setText(row.repository());
                    following.getAndSet(row.trust().subscribe(mark::show)).unsubscribe();
                },
                ImageRow::repository);
    }

    private TableCell<ImageRow, ImageRow> id() {
        Label digits = new Label();
        digits.getStyleClass().add("mono");
        Button copy = ListCells.button(Feather.COPY);
        copy.getStyleClass().add("quiet");
        HBox both = new HBox(digits, copy);
        both.getStyleClass().add("copyable-id");
        return ListCells.node(
                both,
                (box, row) -> {
                    digits.setText(row.now().id().shortId());
                    ListCells.name(copy, messages.text("images.copyIdOf", row.reference()));
                    copy.setOnAction(event -> CopyButton.copy(row.now().id().toString()));
                },
                row -> row.now().id().shortId());
    }

    @SuppressWarnings("unchecked") // the FXML's columns bear no types
    private void sync(TableColumn<ImageRow, ?> column) {
        TableColumn<ImageRow, Optional<TagSync>> typed = (TableColumn<ImageRow, Optional<TagSync>>) column;
        SyncWords words = new SyncWords(messages);
        typed.setCellValueFactory(row -> row.getValue().sync());
        typed.setCellFactory(owner -> new SyncCell(messages, clock, menu::compareWithUpdate));
        typed.setComparator(Comparator.comparing(tag -> tag.map(words::word).orElse("")));
    }

    @SuppressWarnings("unchecked") // the FXML's columns bear no types
    private void users(TableColumn<ImageRow, ?> column) {
        TableColumn<ImageRow, List<String>> typed = (TableColumn<ImageRow, List<String>>) column;
        typed.setCellValueFactory(row -> row.getValue().users());
        typed.setCellFactory(owner -> new UsersCell());
        typed.setComparator(Comparator.comparingInt(List::size));
    }

    /// How many containers are made of it, with the way to them.
    private final class UsersCell extends TableCell<ImageRow, List<String>> {

        private final Hyperlink link = new Hyperlink();

        UsersCell() {
            link.setFocusTraversable(false);
        }

        @Override
        protected void updateItem(@Nullable List<String> users, boolean empty) {
            super.updateItem(users, empty);
            ImageRow row = getTableRow() == null ? null : getTableRow().getItem();
            getStyleClass().remove("muted");
            setText(null);
            setGraphic(null);
            if (users == null || empty || row == null) {
                return;
            }
            if (users.isEmpty()) {
                setText(messages.text("images.unused"));
                getStyleClass().add("muted");
            } else {
                link.setText(messages.text("images.users", users.size()));
                link.setTooltip(new Tooltip(String.join("\n", users)));
                link.setOnAction(event -> show(row));
                setGraphic(link);
            }
        }

        private void show(ImageRow row) {
            context.navigation().search(Section.CONTAINERS).set(row.reference());
            context.navigation().go(Section.CONTAINERS);
        }
    }

    private TableCell<ImageRow, ImageRow> actions() {
        Button run = ListCells.button(Feather.PLAY);
        Button remove = ListCells.button(Feather.TRASH_2);
        Button more = ListCells.button(Feather.MORE_VERTICAL);
        return ListCells.node(
                ListCells.buttons(run, remove, more),
                (box, row) -> {
                    offer(run, "images.runNamed", row, menu::run);
                    offer(remove, "images.removeNamed", row, removed -> menu.remove(List.of(removed)));
                    offer(more, "action.moreFor", row, chosen -> menu.of(chosen).show(more, Side.BOTTOM, 0, 0));
                },
                row -> messages.text("action.of", row.reference()));
    }

    private void offer(Button button, String key, ImageRow row, Consumer<ImageRow> action) {
        ListCells.name(button, messages.text(key, row.reference()));
        button.setOnAction(event -> action.accept(row));
    }
}
