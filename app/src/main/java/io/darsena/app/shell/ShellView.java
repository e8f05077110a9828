package io.darsena.app.shell;

import io.darsena.app.action.KeyWords;
import io.darsena.app.compare.CompareView;
import io.darsena.app.containers.ContainersView;
import io.darsena.app.containers.item.ContainerActions;
import io.darsena.app.containers.item.ContainerMenu;
import io.darsena.app.control.FailureBanner;
import io.darsena.app.control.SearchField;
import io.darsena.app.control.Shadow;
import io.darsena.app.control.Shadow.Height;
import io.darsena.app.control.UndoBar;
import io.darsena.app.files.LateSaves;
import io.darsena.app.images.ImagesView;
import io.darsena.app.registries.RegistriesView;
import io.darsena.app.screen.ComparedSides;
import io.darsena.app.screen.Navigation;
import io.darsena.app.screen.SceneLife;
import io.darsena.app.screen.Screens;
import io.darsena.app.screen.Section;
import io.darsena.app.screen.ShownSections;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.session.EngineStage;
import io.darsena.app.settings.SettingsPage;
import io.darsena.app.settings.SettingsView;
import io.darsena.app.transfers.TransfersDrawer;
import io.darsena.app.transfers.TransfersIndicator;
import io.darsena.app.trash.TrashView;
import io.darsena.bridge.container.ContainerId;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javafx.fxml.FXML;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The frame: it shows the section that [io.darsena.app.screen.Navigation] names, once the engine is open.
public final class ShellView {

    /// Below this width the sidebar shows icons only.
    private static final double COMPACT_WIDTH = 1000;

    private static final double DRAWER_MARGIN = 12;

    private final WindowContext context;
    private final Screens screens;
    private final StatusViewModel status;
    private final Map<Section, Class<?>> views = new EnumMap<>(Map.of(
            Section.CONTAINERS, ContainersView.class,
            Section.IMAGES, ImagesView.class,
            Section.REGISTRIES, RegistriesView.class,
            Section.TRASH, TrashView.class,
            Section.SETTINGS, SettingsView.class));
    private final Map<Section, Screens.Screen<?>> loaded = new EnumMap<>(Section.class);
    private Optional<Parent> comparison = Optional.empty();
    private final Map<Section, SidebarItem> items = new EnumMap<>(Section.class);

    private final ContainerActions containerActions;
    private final ContainerMenu containerMenu;
    private final UndoBar undo;
    private final TransfersDrawer transfers;

    /// What lies above the screens, each on its shadow.
    private final List<Node> above;

    private final LateSaves lateSaves;

    @FXML
    private BorderPane root;

    @FXML
    private Label brandName;

    @FXML
    private Button palette;

    @FXML
    private Label paletteKey;

    @FXML
    private Button run;

    @FXML
    private VBox sidebar;

    @FXML
    private VBox middle;

    @FXML
    private StackPane banner;

    @FXML
    private StackPane content;

    @FXML
    private Label engine;

    @FXML
    private Hyperlink reduced;

    @FXML
    private HBox statusBar;

    @FXML
    private Hyperlink sync;

    @FXML
    private Label running;

    @FXML
    private Label cpu;

    @FXML
    private Label memory;

    public ShellView(WindowContext context) {
        this.context = context;
        this.screens = new Screens(context);
        this.status = new StatusViewModel(context.session(), context.pump(), context.messages());
        this.containerActions = new ContainerActions(context.commands(), context.pump(), context.messages());
        this.containerMenu = new ContainerMenu(context.messages(), containerActions, this::window);
        this.undo =
                new UndoBar(context.messages(), containerActions.undoable().map(this::removed), containerActions::undo);
        StackPane.setAlignment(undo, Pos.BOTTOM_CENTER);
        this.lateSaves = new LateSaves(context);
        this.transfers = new TransfersDrawer(context);
        StackPane.setAlignment(transfers, Pos.BOTTOM_RIGHT);
        StackPane.setMargin(transfers, new Insets(DRAWER_MARGIN));
        this.above = List.of(new Shadow(undo, Height.LOW), undo, new Shadow(transfers, Height.MIDDLE), transfers);
    }

    private Optional<String> removed(List<ContainerId> ids) {
        return ids.isEmpty()
                ? Optional.empty()
                : Optional.of(context.messages().text("containers.removed", ids.size()));
    }

    private @Nullable Window window() {
        return root.getScene() == null ? null : root.getScene().getWindow();
    }

    @FXML
    private void initialize() {
        ToggleGroup group = new ToggleGroup();
        views.keySet().forEach(section -> sidebar.getChildren().addAll(place(section, group)));
        sidebar.setOnContextMenuRequested(
                event -> choiceOfSections().show(window(), event.getScreenX(), event.getScreenY()));
        engine.textProperty().bind(status.engine());
        makeSync();
        running.textProperty().bind(status.running());
        cpu.textProperty().bind(status.cpu());
        memory.textProperty().bind(status.memory());
        reduced.visibleProperty().bind(status.reduced());
        reduced.managedProperty().bind(status.reduced());
        statusBar.getChildren().add(statusBar.getChildren().indexOf(running), new TransfersIndicator(context));
        middle.getChildren().addFirst(new LostEngineStrip(context.session(), context.messages()));
        middle.getChildren().add(lateSaves);
        reduced.setOnAction(event -> context.navigation().showSettings(SettingsPage.ENGINE.word()));
        paletteKey.setText(KeyWords.of(
                new KeyCodeCombination(KeyCode.P, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN),
                context.messages()));
        FailureBanner failures = new FailureBanner(context.messages(), containerActions.place());
        banner.getChildren().add(failures);
        banner.visibleProperty().bind(failures.visibleProperty());
        banner.managedProperty().bind(failures.visibleProperty());
        run.visibleProperty().bind(context.navigation().canRun());
        run.managedProperty().bind(run.visibleProperty());
        run.disableProperty().bind(context.session().stage().map(stage -> !(stage instanceof EngineStage.Open)));
        List.of(running, cpu, memory).forEach(label -> label.setMinWidth(Region.USE_PREF_SIZE));
        shortened(engine);
        shortened(reduced);
        run.setMinWidth(Region.USE_PREF_SIZE);
        reduced.setMinWidth(Region.USE_PREF_SIZE);
        root.widthProperty().subscribe(width -> compact(width.doubleValue() < COMPACT_WIDTH));
        SceneLife.of(root)
                .during(status::follow)
                .whileSeen(status::followAges)
                .during(() -> SceneLife.listen(context.session().stage(), stage -> show()))
                .during(() -> SceneLife.listen(context.navigation().section(), section -> show()))
                .during(() -> SceneLife.listen(context.navigation().compared().map(Optional::isPresent), now -> {
                    if (context.navigation().section().get() == Section.IMAGES) {
                        show();
                    }
                }))
                .during(() -> SceneLife.listen(
                        context.navigation()
                                .compared()
                                .map(pair ->
                                        pair.filter(ComparedSides::hasContainer).isPresent()),
                        now -> mark()));
    }

    /// Leads to what has an update; while nothing has one, to all images.
    private void makeSync() {
        sync.textProperty().bind(status.sync());
        sync.visibleProperty().bind(status.sync().isNotEmpty());
        sync.managedProperty().bind(sync.visibleProperty());
        shortened(sync);
        status.news().subscribe(any -> {
            sync.setGraphic(any ? new FontIcon(Feather.ARROW_UP_CIRCLE) : null);
            sync.getStyleClass().remove("news");
            if (any) {
                sync.getStyleClass().add("news");
            }
        });
        sync.setOnAction(event -> {
            sync.setVisited(false);
            context.navigation().showImages(status.news().get() ? Navigation.Images.UPDATES : Navigation.Images.ALL);
        });
    }

    private Region[] place(Section section, ToggleGroup group) {
        SidebarItem item = new SidebarItem(icon(section), context.messages().text("section." + word(section)));
        item.setId("section-" + word(section));
        item.setToggleGroup(group);
        item.setOnAction(event -> context.navigation().go(section));
        items.put(section, item);
        if (ShownSections.HIDEABLE.contains(section)) {
            item.visibleProperty().bind(context.sections().shown(section));
            item.managedProperty().bind(item.visibleProperty());
        }
        switch (section) {
            case CONTAINERS -> item.count(status.containers());
            case IMAGES -> item.count(status.images());
            case REGISTRIES -> item.count(status.updates(), status.updatesInWords());
            case TRASH -> item.count(status.trash());
            case SETTINGS -> {
                Region line = new Region();
                line.getStyleClass().add("line");
                StackPane around = new StackPane(line);
                around.getStyleClass().add("sidebar-line");
                return new Region[] {around, item};
            }
        }
        return new Region[] {item};
    }

    /// As in the settings' page Appearance.
    private ContextMenu choiceOfSections() {
        ContextMenu menu = new ContextMenu();
        for (Section section : ShownSections.HIDEABLE) {
            CheckMenuItem item = new CheckMenuItem(context.messages().text("section." + word(section)));
            item.setId("show-" + word(section));
            item.selectedProperty().bindBidirectional(context.sections().shown(section));
            menu.getItems().add(item);
        }
        return menu;
    }

    private static String word(Section section) {
        return section.name().toLowerCase(Locale.ROOT);
    }

    private void compact(boolean narrow) {
        root.getStyleClass().remove("compact");
        if (narrow) {
            root.getStyleClass().add("compact");
        }
        brandName.setVisible(!narrow);
        brandName.setManaged(!narrow);
        reduced.setContentDisplay(narrow ? ContentDisplay.GRAPHIC_ONLY : ContentDisplay.LEFT);
        items.values().forEach(item -> item.compact(narrow));
    }

    /// Where there is no room for all its words, pointing at it tells them.
    private static void shortened(Labeled words) {
        Tooltip whole = new Tooltip();
        whole.textProperty().bind(words.textProperty());
        words.setTooltip(whole);
        words.setMinWidth(0);
    }

    private void show() {
        Section section = context.navigation().section().get();
        mark();
        content.getChildren()
                .setAll(
                        context.session().stage().get() instanceof EngineStage.Open
                                ? screen(section)
                                : new EngineStagePane(context));
        content.getChildren().addAll(above);
    }

    /// A comparison of a container belongs to those, though comparisons are shown in the place of images.
    private void mark() {
        Section section = context.navigation()
                .compared()
                .get()
                .filter(ComparedSides::hasContainer)
                .map(container -> Section.CONTAINERS)
                .orElse(context.navigation().section().get());
        items.forEach((each, item) -> item.setSelected(each == section));
    }

    private Parent screen(Section section) {
        if (section == Section.IMAGES && context.navigation().compared().get().isPresent()) {
            Parent shown =
                    comparison.orElseGet(() -> screens.load(CompareView.class).root());
            comparison = Optional.of(shown);
            return shown;
        }
        return load(section).root();
    }

    private Screens.Screen<?> load(Section section) {
        return loaded.computeIfAbsent(section, first -> screens.load(Objects.requireNonNull(views.get(first))));
    }

    /// Goes to a section, whose view can then be asked for what its buttons do. The engine has to be open.
    <V> V at(Section section, Class<V> view) {
        context.navigation().go(section);
        return view.cast(load(section).view());
    }

    static Ikon icon(Section section) {
        return switch (section) {
            case CONTAINERS -> Feather.BOX;
            case IMAGES -> Feather.LAYERS;
            case REGISTRIES -> Feather.SERVER;
            case TRASH -> Feather.TRASH_2;
            case SETTINGS -> Feather.SETTINGS;
        };
    }

    /// Asks and carries out what the palette offers of containers; failures show above the section, what can be
    /// taken back below it.
    ContainerMenu containerMenu() {
        return containerMenu;
    }

    /// Below the section.
    LateSaves lateSaves() {
        return lateSaves;
    }

    boolean hasSearch() {
        return content.lookup("." + SearchField.STYLE) != null;
    }

    void focusSearch() {
        content.lookup("." + SearchField.STYLE).requestFocus();
    }

    void movePane(int by) {
        new PaneCycle(palette, sidebar, content).move(root.getScene(), by);
    }

    @FXML
    private void openPalette() {
        context.actions().action(WindowActions.PALETTE).perform();
    }

    @FXML
    private void run() {
        context.actions().action(WindowActions.RUN).perform();
    }
}
