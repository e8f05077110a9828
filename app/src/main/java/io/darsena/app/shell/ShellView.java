package io.darsena.app.shell;

import io.darsena.app.containers.ContainersView;
import io.darsena.app.images.ImagesView;
import io.darsena.app.screen.SceneLife;
import io.darsena.app.screen.Screens;
import io.darsena.app.screen.Section;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.session.EngineStage;
import io.darsena.app.settings.SettingsView;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javafx.beans.property.StringProperty;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// The frame: it shows the section that [io.darsena.app.screen.Navigation] names, once the engine is open.
public final class ShellView {

    /// Below this width the sidebar shows icons only.
    private static final double COMPACT_WIDTH = 1000;

    private final WindowContext context;
    private final Screens screens;
    private final StatusViewModel status;
    private final Map<Section, Class<?>> views = new EnumMap<>(Map.of(
            Section.CONTAINERS, ContainersView.class,
            Section.IMAGES, ImagesView.class,
            Section.SETTINGS, SettingsView.class));
    private final Map<Section, Parent> loaded = new EnumMap<>(Section.class);
    private final Map<Section, SidebarItem> items = new EnumMap<>(Section.class);

    private Optional<StringProperty> searched = Optional.empty();

    @FXML
    private BorderPane root;

    @FXML
    private Label brandName;

    @FXML
    private HBox searchBox;

    @FXML
    private TextField search;

    @FXML
    private Button run;

    @FXML
    private VBox sidebar;

    @FXML
    private BorderPane middle;

    @FXML
    private StackPane content;

    @FXML
    private Label engine;

    @FXML
    private Label reduced;

    @FXML
    private Label running;

    @FXML
    private Label cpu;

    @FXML
    private Label memory;

    public ShellView(WindowContext context) {
        this.context = context;
        this.screens = new Screens(context);
        this.status = new StatusViewModel(context.session(), context.messages());
    }

    @FXML
    private void initialize() {
        ToggleGroup group = new ToggleGroup();
        views.keySet().forEach(section -> sidebar.getChildren().addAll(place(section, group)));
        engine.textProperty().bind(status.engine());
        running.textProperty().bind(status.running());
        cpu.textProperty().bind(status.cpu());
        memory.textProperty().bind(status.memory());
        reduced.visibleProperty().bind(status.reduced());
        reduced.managedProperty().bind(status.reduced());
        reduced.setOnMouseClicked(click -> context.navigation().go(Section.SETTINGS));
        middle.setTop(new LostEngineStrip(context.session(), context.messages()));
        run.visibleProperty().bind(context.navigation().canRun());
        run.managedProperty().bind(run.visibleProperty());
        run.disableProperty().bind(context.session().stage().map(stage -> !(stage instanceof EngineStage.Open)));
        root.widthProperty().subscribe(width -> compact(width.doubleValue() < COMPACT_WIDTH));
        SceneLife.of(root)
                .during(status::follow)
                .during(() -> SceneLife.listen(context.session().stage(), stage -> show()))
                .during(() -> SceneLife.listen(context.navigation().section(), section -> show()));
        root.sceneProperty().subscribe(scene -> {
            if (scene != null) {
                installKeys(scene);
            }
        });
    }

    private Region[] place(Section section, ToggleGroup group) {
        SidebarItem item = new SidebarItem(
                switch (section) {
                    case CONTAINERS -> Feather.BOX;
                    case IMAGES -> Feather.LAYERS;
                    case SETTINGS -> Feather.SETTINGS;
                },
                context.messages().text("section." + word(section)));
        item.setId("section-" + word(section));
        item.setToggleGroup(group);
        item.setOnAction(event -> context.navigation().go(section));
        items.put(section, item);
        switch (section) {
            case CONTAINERS -> item.count(status.containers());
            case IMAGES -> item.count(status.images());
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
        items.values().forEach(item -> item.compact(narrow));
    }

    private void show() {
        Section section = context.navigation().section().get();
        items.forEach((each, item) -> item.setSelected(each == section));
        boolean searchable = section != Section.SETTINGS;
        searchBox.setVisible(searchable);
        if (searchable) {
            search.setPromptText(context.messages().text("search." + word(section)));
            search.setAccessibleText(search.getPromptText());
            searched.ifPresent(before -> search.textProperty().unbindBidirectional(before));
            searched = Optional.of(context.navigation().search(section));
            search.textProperty().bindBidirectional(context.navigation().search(section));
        }
        content.getChildren()
                .setAll(
                        context.session().stage().get() instanceof EngineStage.Open
                                ? loaded.computeIfAbsent(section, this::load)
                                : new EngineStagePane(context));
    }

    private Parent load(Section section) {
        return screens.load(Objects.requireNonNull(views.get(section))).root();
    }

    private void installKeys(Scene scene) {
        Section[] order = views.keySet().toArray(new Section[0]);
        for (int i = 0; i < order.length; i++) {
            Section section = order[i];
            key(
                    scene,
                    KeyCode.getKeyCode(Integer.toString(i + 1)),
                    () -> context.navigation().go(section));
        }
        key(scene, KeyCode.F, search::requestFocus);
        key(scene, KeyCode.N, run::fire);
    }

    private static void key(Scene scene, KeyCode code, Runnable action) {
        scene.getAccelerators().put(new KeyCodeCombination(code, KeyCombination.SHORTCUT_DOWN), action);
    }

    @FXML
    private void run() {
        context.navigation().run(Optional.empty());
    }
}
