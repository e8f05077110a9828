package io.darsena.app.registries;

import io.darsena.app.control.EmptyState;
import io.darsena.app.control.FailureBanner;
import io.darsena.app.control.ModalLayer;
import io.darsena.app.control.SearchField;
import io.darsena.app.control.UndoBar;
import io.darsena.app.list.BulkBar;
import io.darsena.app.list.ColumnMenu;
import io.darsena.app.list.DetailSplit;
import io.darsena.app.list.EmptyPlace;
import io.darsena.app.list.ListColumns;
import io.darsena.app.list.ListTable;
import io.darsena.app.list.Notices;
import io.darsena.app.screen.SceneLife;
import io.darsena.app.screen.Section;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.text.Messages;
import io.darsena.bridge.registry.RegistryConfig;
import io.darsena.bridge.registry.RegistryHost;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.beans.InvalidationListener;
import javafx.beans.Observable;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.MenuButton;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The list of registries, with what the chosen one holds and what is set for it below.
public final class RegistriesView {

    private static final List<String> BY_WORTH = List.of("guard", "images", "rate");

    private final WindowContext context;
    private final Messages messages;
    private final RegistriesViewModel model;
    private final RegistryMenu menu;
    private final RegistryDetail detail;
    private final BulkBar bulk;

    @FXML
    private StackPane root;

    @FXML
    private StackPane head;

    @FXML
    private HBox header;

    @FXML
    private StackPane searchPlace;

    @FXML
    private MenuButton columns;

    @FXML
    private VBox banner;

    @FXML
    private DetailSplit split;

    @FXML
    private ListTable<RegistryRow> table;

    public RegistriesView(WindowContext context) {
        this.context = context;
        this.messages = context.messages();
        this.model =
                new RegistriesViewModel(context.session(), context.registries(), context.commands(), context.pump());
        this.detail = new RegistryDetail(context, model, this::window, this::closeDetail);
        this.menu = new RegistryMenu(context, model, this::window, this::showSettings);
        this.bulk = new BulkBar(messages, this::clearSelection);
    }

    @FXML
    private void initialize() {
        Notices.fill(
                banner,
                new FailureBanner(messages, model.place()),
                new FailureBanner(messages, context.registries().loginsPlace()));
        UndoBar undo = new UndoBar(messages, model.removed().map(this::removed), model::undo);
        undo.listenIn(root);
        undo.placeIn(root);
        makeTable();
        makeBulkBar();
        model.search().bindBidirectional(context.navigation().search(Section.REGISTRIES));
        searchPlace
                .getChildren()
                .add(new SearchField(messages, messages.text("search.registries"), model.search(), bulk::dismiss));
        table.selectedRows().subscribe(this::selected);
        SceneLife.of(root).during(model::follow);
        SceneLife.of(table).during(() -> {
            context.pump().run(this::takeKeyboard);
            return () -> {};
        });
    }

    private Optional<String> removed(List<RegistryConfig> configs) {
        return switch (configs.size()) {
            case 0 -> Optional.empty();
            case 1 ->
                Optional.of(messages.text(
                        "registries.removed", configs.getFirst().registry().name()));
            default -> Optional.of(messages.text("registries.removedSeveral", configs.size()));
        };
    }

    /// A dialog that was opened meanwhile keeps it.
    private void takeKeyboard() {
        if (!ModalLayer.covers(table)) {
            table.requestFocus();
        }
    }

    private void makeTable() {
        new RegistryColumns(messages, model, menu).fill(table);
        table.showRows(model.rows(), context.pump()::run);
        ColumnMenu<RegistryRow> columnMenu = new ColumnMenu<>(
                messages,
                new ListColumns<>(
                        "registries", table, context.memory(), context.pump(), Set.of("name", "actions"), BY_WORTH));
        columnMenu.under(columns);
        columnMenu.atHead(table);
        table.onMenu(menu::of);
        table.onOpen(row -> detail.focusSearch());
        table.onKey(this::pressed);
        Button first = new Button(messages.text("registries.add"), new FontIcon(Feather.PLUS));
        first.getStyleClass().add("primary");
        first.setId("add-first");
        first.setOnAction(event -> add());
        EmptyState none = new EmptyState(
                Feather.SERVER, messages.text("empty.registries.title"), messages.text("empty.registries.text"), first);
        table.setPlaceholder(new EmptyPlace(messages, model.rows(), messages.text("empty.registries.filtered"), none));
        table.setAccessibleText(messages.text("section.registries"));
    }

    private void makeBulkBar() {
        bulk.add(
                "test",
                messages.text("registry.test"),
                Feather.ACTIVITY,
                () -> menu.test(table.selectedRows().get()));
        bulk.add(
                "remove",
                messages.text("registry.remove"),
                Feather.TRASH_2,
                () -> menu.remove(table.selectedRows().get()));
        head.getChildren().add(bulk);
        header.visibleProperty().bind(bulk.visibleProperty().not());
        model.rows().settled().subscribe(() -> offer(table.selectedRows().get()));
    }

    private boolean pressed(KeyEvent key, List<RegistryRow> rows) {
        boolean removes = RegistryMenu.REMOVE.match(key);
        if (removes) {
            menu.remove(rows);
        }
        return removes;
    }

    /// What can be done to how many of the selected.
    private void offer(List<RegistryRow> rows) {
        int removable = (int) rows.stream().filter(RegistryMenu::isRemovable).count();
        bulk.show(rows.size(), Map.of("test", rows.size(), "remove", removable));
    }

    private void selected(List<RegistryRow> rows) {
        offer(rows);
        if (rows.size() == 1) {
            model.testOnce(rows.getFirst().host());
            detail.show(rows.getFirst());
            if (split.show(detail.pane(), context.pump())) {
                context.pump().run(table::showChosen);
            }
        } else {
            split.hide(detail.pane());
        }
    }

    private void clearSelection() {
        table.clearSelection();
    }

    private void closeDetail() {
        clearSelection();
        table.requestFocus();
    }

    private void showSettings(RegistryRow row) {
        table.choose(row);
        detail.showSettings();
    }

    /// Asks for a registry that is kept in the list from then on.
    @FXML
    public void add() {
        AddRegistryDialog.show(messages, window(), this::add);
    }

    /// Does what was asked elsewhere, and shows the registry that it is about. Nothing happens when it has gone.
    public void perform(RegistryDeed deed, RegistryHost host) {
        // What has just been brought into the scene has no rows yet.
        context.pump().run(() -> model.rows().row(host).ifPresent(row -> perform(deed, row)));
    }

    private void perform(RegistryDeed deed, RegistryRow row) {
        if (!model.shown().contains(row)) {
            model.rows().clearFilters();
        }
        table.choose(row);
        switch (deed) {
            case SHOW -> {}
            case TEST -> model.test(row.host());
            case LOG_IN -> menu.login(row);
            case LOG_OUT -> model.logout(row.host());
            case SHOW_SETTINGS -> showSettings(row);
            case REMOVE -> menu.remove(List.of(row));
        }
    }

    /// It is chosen as soon as it is in the list.
    private void add(RegistryHost host) {
        model.rows().clearFilters();
        model.rows().row(host).ifPresentOrElse(table::choose, () -> chooseWhenThere(host));
        model.add(host);
    }

    private void chooseWhenThere(RegistryHost host) {
        model.rows().settled().addListener(new InvalidationListener() {
            @Override
            public void invalidated(Observable settled) {
                model.rows().row(host).ifPresent(row -> {
                    model.rows().settled().removeListener(this);
                    table.choose(row);
                });
            }
        });
    }

    private @Nullable Window window() {
        return root.getScene() == null ? null : root.getScene().getWindow();
    }
}
