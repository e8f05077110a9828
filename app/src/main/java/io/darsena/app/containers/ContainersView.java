package io.darsena.app.containers;

import io.darsena.app.containers.detail.DetailView;
import io.darsena.app.containers.item.ContainerActions;
import io.darsena.app.containers.item.ContainerMenu;
import io.darsena.app.containers.item.ContainerRow;
import io.darsena.app.containers.item.TriggerWords;
import io.darsena.app.control.FailureBanner;
import io.darsena.app.control.ModalLayer;
import io.darsena.app.control.SearchField;
import io.darsena.app.control.UndoBar;
import io.darsena.app.list.BatchBar;
import io.darsena.app.list.BulkBar;
import io.darsena.app.list.ColumnMenu;
import io.darsena.app.list.DetailSplit;
import io.darsena.app.list.FilterTabs;
import io.darsena.app.list.ListColumns;
import io.darsena.app.list.ListTable;
import io.darsena.app.list.Notices;
import io.darsena.app.list.PageHead;
import io.darsena.app.screen.ComparedSides.OfContainer;
import io.darsena.app.screen.SceneLife;
import io.darsena.app.screen.Screens;
import io.darsena.app.screen.Screens.Screen;
import io.darsena.app.screen.Section;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.session.FxPump;
import io.darsena.app.text.Messages;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.Lifecycle.Trigger;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.beans.InvalidationListener;
import javafx.fxml.FXML;
import javafx.scene.control.MenuButton;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/// The list of containers, with the chosen one's detail below it.
public final class ContainersView {

    private static final List<Trigger> BULK = List.of(Trigger.START, Trigger.STOP, Trigger.PAUSE, Trigger.RESUME);

    private final WindowContext context;
    private final Messages messages;
    private final ContainersViewModel model;
    private final ContainerMenu menu;
    private Optional<Screen<DetailView>> detail = Optional.empty();
    private Optional<ContainerId> awaited = Optional.empty();
    private final BulkBar bulk;

    @FXML
    private StackPane root;

    @FXML
    private StackPane head;

    @FXML
    private PageHead header;

    @FXML
    private FlowPane chips;

    @FXML
    private StackPane searchPlace;

    @FXML
    private MenuButton columns;

    @FXML
    private VBox banner;

    @FXML
    private DetailSplit split;

    @FXML
    private ListTable<ContainerRow> table;

    public ContainersView(WindowContext context) {
        this.context = context;
        this.messages = context.messages();
        this.model = new ContainersViewModel(context.session(), context.commands(), context.pump(), messages);
        this.menu = new ContainerMenu(messages, model.actions(), this::window);
        this.bulk = new BulkBar(messages, this::clearSelection);
    }

    @FXML
    private void initialize() {
        Notices.fill(
                banner,
                new BatchBar(messages, context.pump(), model.actions().batch()),
                new FailureBanner(messages, model.actions().place()));
        UndoBar undo = new UndoBar(messages, model.actions().undoable().map(this::removed), model.actions()::undo);
        undo.listenIn(root);
        undo.placeIn(root);
        FilterTabs.fill(chips, StateFilter.class, model.rows(), messages, "filter.", Set.of());
        makeTable();
        makeBulkBar();
        model.search().bindBidirectional(context.navigation().search(Section.CONTAINERS));
        searchPlace
                .getChildren()
                .add(new SearchField(messages, messages.text("search.containers"), model.search(), bulk::dismiss));
        model.all().addListener((InvalidationListener) change -> arrived());
        table.selectedRows().subscribe(rows -> selected(rows));
        SceneLife.of(root)
                .during(model::follow)
                .during(() -> SceneLife.listen(context.navigation().container(), this::chooseWhenThere))
                .whileSeen(model::followNumbers)
                .whileSeen(this::followOrder);
        // Of the table, not of the root: a split pane brings its parts into the scene when it is first laid out, and
        // what is in no scene cannot have the keyboard.
        SceneLife.of(table).during(() -> {
            context.pump().run(this::takeKeyboard);
            return () -> {};
        });
    }

    /// A dialog that was opened meanwhile keeps it.
    private void takeKeyboard() {
        if (!ModalLayer.covers(table)) {
            table.requestFocus();
        }
    }

    private FxPump.Ticking followOrder() {
        InvalidationListener beat = change -> table.renewOrder();
        model.beat().addListener(beat);
        return () -> model.beat().removeListener(beat);
    }

    private Optional<String> removed(List<ContainerId> ids) {
        return ids.isEmpty() ? Optional.empty() : Optional.of(messages.text("containers.removed", ids.size()));
    }

    private void makeTable() {
        new ContainerColumns(messages, menu, this::showNewer, model.clock()).fill(table);
        table.showRows(model.rows(), context.pump()::run);
        ColumnMenu<ContainerRow> columnMenu = new ColumnMenu<>(
                messages,
                new ListColumns<>("containers", table, context.memory(), context.pump(), Set.of("name", "actions")));
        columnMenu.under(columns);
        columnMenu.atHead(table);
        table.onMenu(rows -> menu.of(now(rows)));
        table.onKey((key, rows) -> menu.key(key, now(rows)));
        table.onOpen(this::open);
        menu.onOpen(id -> model.row(id).ifPresent(this::open));
        menu.onCommit(id -> context.navigation().commit(id, List.of()));
        menu.onNewer(
                id -> model.row(id).filter(row -> row.older().get()).isPresent(),
                id -> model.row(id).ifPresent(this::showNewer));
        menu.onCompare(container -> context.navigation().askWhatToCompare(Optional.of(OfContainer.of(container))));
        table.setPlaceholder(new NoContainers(context, model));
        table.setAccessibleText(messages.text("section.containers"));
    }

    private static List<Container> now(List<ContainerRow> rows) {
        return rows.stream().map(ContainerRow::now).toList();
    }

    private void makeBulkBar() {
        BULK.forEach(trigger -> bulk.add(
                word(trigger),
                TriggerWords.verb(messages, trigger),
                TriggerWords.icon(trigger),
                () -> menu.ask(trigger, now(table.selectedRows().get()))));
        bulk.add(
                word(Trigger.REMOVE),
                TriggerWords.verb(messages, Trigger.REMOVE),
                TriggerWords.icon(Trigger.REMOVE),
                () -> menu.ask(Trigger.REMOVE, now(table.selectedRows().get())));
        head.getChildren().add(bulk);
        header.visibleProperty().bind(bulk.visibleProperty().not());
        model.rows().settled().subscribe(() -> offer(table.selectedRows().get()));
    }

    private static String word(Trigger trigger) {
        return trigger.name().toLowerCase(Locale.ROOT);
    }

    /// What can be done to how many of the selected.
    private void offer(List<ContainerRow> rows) {
        Map<String, Integer> able = new HashMap<>();
        if (rows.size() > 1) {
            for (ContainerRow row : rows) {
                BULK.stream()
                        .filter(trigger -> ContainerActions.allows(row.now(), trigger))
                        .forEach(trigger -> able.merge(word(trigger), 1, Integer::sum));
                ContainerActions.removal(row.now())
                        .ifPresent(removal -> able.merge(word(Trigger.REMOVE), 1, Integer::sum));
            }
        }
        bulk.show(rows.size(), able);
    }

    private void selected(List<ContainerRow> rows) {
        offer(rows);
        if (rows.size() == 1) {
            showDetail(rows.getFirst());
        } else {
            detail.ifPresent(shown -> split.hide(shown.root()));
        }
    }

    /// The event that brings a new container may come after the wish to see it.
    private void chooseWhenThere(Optional<ContainerId> wanted) {
        awaited = wanted.filter(id -> model.row(id).isEmpty());
        wanted.flatMap(model::row).ifPresent(this::choose);
    }

    private void arrived() {
        awaited.flatMap(model::row).ifPresent(row -> {
            awaited = Optional.empty();
            context.pump().run(() -> choose(row));
        });
    }

    private void showDetail(ContainerRow chosen) {
        Screen<DetailView> shown = detail.orElseGet(this::loadDetail);
        shown.view().show(chosen, menu);
        if (split.show(shown.root(), context.pump())) {
            context.pump().run(table::showChosen);
        }
    }

    private void open(ContainerRow row) {
        choose(row);
        detail.ifPresent(shown -> shown.view().takeFocus());
    }

    /// As its mark in the list does: shows what is known of the newer image of a container.
    public void showNewer(ContainerId id) {
        // What has just been brought into the scene has no rows yet.
        context.pump().run(() -> model.row(id).ifPresent(this::showNewer));
    }

    /// Where the detail tells of the newer image.
    private void showNewer(ContainerRow row) {
        choose(row);
        detail.ifPresent(shown -> shown.view().showNewer());
    }

    private Screen<DetailView> loadDetail() {
        Screen<DetailView> made = new Screens(context).load(DetailView.class);
        made.view().onClose(table::clearSelection);
        detail = Optional.of(made);
        return made;
    }

    private void clearSelection() {
        table.clearSelection();
    }

    private @Nullable Window window() {
        return root.getScene() == null ? null : root.getScene().getWindow();
    }

    /// What filter or search hide cannot be chosen: they are cleared for what was asked for by name.
    private void choose(ContainerRow row) {
        if (!model.shown().contains(row)) {
            model.clearFilters();
        }
        table.choose(row);
        context.pump().run(table::showChosen);
    }
}
