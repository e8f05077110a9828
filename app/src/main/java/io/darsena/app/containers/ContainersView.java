package io.darsena.app.containers;

import io.darsena.app.containers.detail.DetailView;
import io.darsena.app.containers.item.ContainerMenu;
import io.darsena.app.containers.item.ContainerRow;
import io.darsena.app.containers.item.ContainerRow.Age;
import io.darsena.app.control.EmptyState;
import io.darsena.app.control.FailureBanner;
import io.darsena.app.control.SearchField;
import io.darsena.app.screen.SceneLife;
import io.darsena.app.screen.Screens;
import io.darsena.app.screen.Screens.Screen;
import io.darsena.app.screen.Section;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.text.Messages;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerMetrics;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import javafx.beans.InvalidationListener;
import javafx.beans.Observable;
import javafx.collections.transformation.SortedList;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The list of containers, with the chosen one's detail below it.
public final class ContainersView {

    private static final double HEADER_HEIGHT = 30;
    private static final double ROW_HEIGHT = 35;
    private static final double MOST_OF_LIST = 0.38;

    private final WindowContext context;
    private final Messages messages;
    private final ContainersViewModel model;
    private final ContainerMenu menu;
    private Optional<Screen<DetailView>> detail = Optional.empty();

    @FXML
    private VBox root;

    @FXML
    private HBox chips;

    @FXML
    private StackPane searchPlace;

    @FXML
    private StackPane banner;

    private Optional<ContainerId> awaited = Optional.empty();

    @FXML
    private SplitPane split;

    @FXML
    private TableView<ContainerRow> table;

    @FXML
    private TableColumn<ContainerRow, Container> state;

    @FXML
    private TableColumn<ContainerRow, Container> name;

    @FXML
    private TableColumn<ContainerRow, Container> image;

    @FXML
    private TableColumn<ContainerRow, Optional<ContainerMetrics>> cpu;

    @FXML
    private TableColumn<ContainerRow, Optional<ContainerMetrics>> memory;

    @FXML
    private TableColumn<ContainerRow, Age> uptime;

    @FXML
    private TableColumn<ContainerRow, Container> actions;

    public ContainersView(WindowContext context) {
        this.context = context;
        this.messages = context.messages();
        this.model = new ContainersViewModel(context.session(), context.commands(), context.pump(), messages);
        this.menu = new ContainerMenu(messages, model.actions(), this::window);
    }

    @FXML
    private void initialize() {
        FailureBanner failures = new FailureBanner(messages, model.actions().place());
        banner.getChildren().add(failures);
        banner.visibleProperty().bind(failures.visibleProperty());
        banner.managedProperty().bind(failures.visibleProperty());
        makeChips();
        makeColumns();
        makeTable();
        model.search().bindBidirectional(context.navigation().search(Section.CONTAINERS));
        searchPlace.getChildren().add(new SearchField(messages, messages.text("search.containers"), model.search()));
        model.all().addListener((InvalidationListener) change -> arrived());
        SceneLife.of(root)
                .during(model::follow)
                .during(() -> SceneLife.listen(context.navigation().container(), this::chooseWhenThere));
        // Of the table, not of the root: a split pane brings its parts into the scene when it is first laid out, and
        // what is in no scene cannot have the keyboard.
        SceneLife.of(table).during(() -> {
            context.pump().run(table::requestFocus);
            return () -> {};
        });
    }

    private void makeChips() {
        ToggleGroup group = new ToggleGroup();
        for (StateFilter filter : StateFilter.values()) {
            String key = "filter." + filter.name().toLowerCase(Locale.ROOT);
            ToggleButton chip = new ToggleButton();
            chip.getStyleClass().setAll("chip");
            chip.setId("chip-" + filter.name().toLowerCase(Locale.ROOT));
            chip.setMinWidth(Region.USE_PREF_SIZE);
            chip.setToggleGroup(group);
            chip.textProperty().bind(model.count(filter).map(count -> messages.text(key, count)));
            chip.setOnAction(event -> model.filter().set(filter));
            model.filter().subscribe(chosen -> chip.setSelected(chosen == filter));
            chips.getChildren().add(chip);
        }
        group.selectedToggleProperty().subscribe((before, now) -> {
            if (now == null && before != null) {
                before.setSelected(true);
            }
        });
    }

    private void makeColumns() {
        ContainerCells cells = new ContainerCells(messages, model.actions(), menu);
        state.setCellValueFactory(row -> row.getValue().container());
        state.setCellFactory(column -> cells.state());
        state.setComparator(Comparator.comparing(Container::status));
        name.setCellValueFactory(row -> row.getValue().container());
        name.setCellFactory(column -> cells.text(Container::name, "strong"));
        name.setComparator(Comparator.comparing(Container::name, String.CASE_INSENSITIVE_ORDER));
        image.setCellValueFactory(row -> row.getValue().container());
        image.setCellFactory(column -> cells.text(Container::imageName, "plain"));
        image.setComparator(Comparator.comparing(Container::imageName));
        cpu.setCellValueFactory(row -> row.getValue().metrics());
        cpu.setCellFactory(column -> cells.cpu());
        cpu.setComparator(Comparator.comparingDouble(ContainersView::cpuOrder));
        memory.setCellValueFactory(row -> row.getValue().metrics());
        memory.setCellFactory(column -> cells.memory());
        memory.setComparator(Comparator.comparingLong(ContainersView::memoryOrder));
        uptime.setCellValueFactory(row -> row.getValue().age());
        uptime.setCellFactory(column -> cells.age());
        actions.setCellValueFactory(row -> row.getValue().container());
        actions.setCellFactory(column -> cells.actions());
    }

    /// What is not measured counts less than nothing.
    private static double cpuOrder(Optional<ContainerMetrics> sample) {
        return sample.map(measured -> measured.cpuPercent().orElse(-1)).orElse(-1.0);
    }

    private static long memoryOrder(Optional<ContainerMetrics> sample) {
        return sample.map(measured -> measured.memory().orElse(-1)).orElse(-1L);
    }

    private void makeTable() {
        SortedList<ContainerRow> sorted = new SortedList<>(model.shown());
        sorted.comparatorProperty().bind(table.comparatorProperty());
        table.setItems(sorted);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_SUBSEQUENT_COLUMNS);
        table.setPlaceholder(placeholder());
        table.addEventHandler(ContextMenuEvent.CONTEXT_MENU_REQUESTED, this::showMenu);
        table.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        menu.onOpen(id -> model.row(id).ifPresent(this::open));
        table.setAccessibleText(messages.text("section.containers"));
        SplitPane.setResizableWithParent(table, false);
        table.getSelectionModel()
                .selectedItemProperty()
                .subscribe(row -> model.chosen().set(Optional.ofNullable(row)));
        model.chosen().subscribe(this::showDetail);
    }

    /// Opens the menu where it was asked for: at the pointer, or under the chosen row for the menu key.
    private void showMenu(ContextMenuEvent event) {
        ContainerRow row = table.getSelectionModel().getSelectedItem();
        if (row != null) {
            menu.show(row.now(), table, event.getScreenX(), event.getScreenY());
            event.consume();
        }
    }

    private void key(KeyEvent event) {
        if (event.getCode() == KeyCode.ESCAPE) {
            table.getSelectionModel().clearSelection();
            event.consume();
        }
        ContainerRow row = table.getSelectionModel().getSelectedItem();
        if (row != null && menu.key(event, row.now())) {
            event.consume();
        }
    }

    private StackPane placeholder() {
        Button starter = new Button(messages.text("empty.containers.run"), new FontIcon(Feather.PLAY));
        starter.getStyleClass().add("primary");
        starter.setId("run-starter");
        starter.setOnAction(event -> model.runStarter(context.navigation()::showContainer));
        EmptyState none = new EmptyState(
                Feather.BOX, messages.text("empty.containers.title"), messages.text("empty.containers.text"), starter);
        Button clear = new Button(messages.text("empty.filtered.clear"));
        clear.setId("clear-filters");
        clear.setOnAction(event -> model.clearFilters());
        EmptyState filtered = new EmptyState(
                Feather.FILTER, messages.text("empty.filtered.title"), messages.text("empty.filtered.text"), clear);
        StackPane both = new StackPane(none, filtered);
        none.visibleProperty().bind(model.count(StateFilter.ALL).isEqualTo(0));
        filtered.visibleProperty().bind(none.visibleProperty().not());
        return both;
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

    private void showDetail(Optional<ContainerRow> chosen) {
        if (chosen.isEmpty()) {
            detail.ifPresent(shown -> split.getItems().remove(shown.root()));
            return;
        }
        Screen<DetailView> shown = detail.orElseGet(this::loadDetail);
        shown.view().show(chosen.get(), menu);
        if (!split.getItems().contains(shown.root())) {
            split.getItems().add(shown.root());
            placeDivider();
            context.pump().run(this::showChosen);
        }
    }

    /// The detail may have covered the row that it is about.
    private void showChosen() {
        int index = table.getSelectionModel().getSelectedIndex();
        double rows = Math.floor((table.getHeight() - HEADER_HEIGHT) / ROW_HEIGHT);
        if (index >= 0 && rows > 0) {
            table.scrollTo((int) Math.max(0, index - rows / 2));
        }
    }

    private void open(ContainerRow row) {
        choose(row);
        detail.ifPresent(shown -> shown.view().takeFocus());
    }

    private Screen<DetailView> loadDetail() {
        Screen<DetailView> made = new Screens(context).load(DetailView.class);
        made.view().onClose(() -> table.getSelectionModel().clearSelection());
        detail = Optional.of(made);
        return made;
    }

    /// A list that was not laid out yet has no height to share: it is asked again when it has.
    private void placeDivider() {
        if (split.getHeight() > 0) {
            split.setDividerPositions(dividerPosition());
            return;
        }
        split.heightProperty().addListener(new InvalidationListener() {
            @Override
            public void invalidated(Observable height) {
                split.heightProperty().removeListener(this);
                context.pump().run(() -> split.setDividerPositions(dividerPosition()));
            }
        });
    }

    /// The list gets what its rows need, and no more than leaves room for the detail.
    private double dividerPosition() {
        double rows = HEADER_HEIGHT + table.getItems().size() * ROW_HEIGHT + 8;
        double share = Math.min(rows, split.getHeight() * MOST_OF_LIST);
        return share / Math.max(1, split.getHeight());
    }

    private @Nullable Window window() {
        return root.getScene() == null ? null : root.getScene().getWindow();
    }

    private void choose(ContainerRow row) {
        table.getSelectionModel().select(row);
        context.pump().run(this::showChosen);
    }
}
