package io.darsena.app.containers.detail;

import io.darsena.app.containers.files.FilesView;
import io.darsena.app.containers.inspect.InspectView;
import io.darsena.app.containers.item.ContainerMenu;
import io.darsena.app.containers.item.ContainerRow;
import io.darsena.app.containers.item.DetailTab;
import io.darsena.app.containers.logs.LogsView;
import io.darsena.app.containers.packages.PackagesView;
import io.darsena.app.containers.stats.StatsView;
import io.darsena.app.containers.summary.SummaryView;
import io.darsena.app.containers.waste.WasteView;
import io.darsena.app.control.StateBadge;
import io.darsena.app.list.DetailHead;
import io.darsena.app.screen.SceneLife;
import io.darsena.app.screen.Screens;
import io.darsena.app.screen.Screens.Screen;
import io.darsena.app.screen.WindowContext;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.Container.Activity;
import io.darsena.bridge.layer.FilePath;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javafx.fxml.FXML;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.layout.StackPane;

/// The tabs of the chosen container: it opens on what is mostly asked of it, until the person chooses a tab. Only the
/// chosen tab is in the scene, so that the others follow nothing.
public final class DetailView {

    private final Screens screens;
    private final WindowContext context;
    private final Map<Tab, Class<? extends DetailTab>> kinds = new LinkedHashMap<>();
    private final Map<Tab, Screen<? extends DetailTab>> loaded = new HashMap<>();
    private boolean personChose;
    private boolean suiting;
    private Optional<ContainerRow> row = Optional.empty();
    private Optional<ContainerMenu> menu = Optional.empty();
    private Runnable closing = () -> {};
    private SceneLife life = SceneLife.none();
    private final StateBadge state;

    @FXML
    private StackPane root;

    @FXML
    private TabPane tabs;

    @FXML
    private Tab summary;

    @FXML
    private Tab logs;

    @FXML
    private Tab files;

    @FXML
    private Tab waste;

    @FXML
    private Tab packages;

    @FXML
    private Tab stats;

    @FXML
    private Tab inspect;

    public DetailView(WindowContext context) {
        this.context = context;
        this.screens = new Screens(context);
        this.state = new StateBadge(context.messages());
    }

    @FXML
    private void initialize() {
        kinds.put(summary, SummaryView.class);
        kinds.put(logs, LogsView.class);
        kinds.put(files, FilesView.class);
        kinds.put(waste, WasteView.class);
        kinds.put(packages, PackagesView.class);
        kinds.put(stats, StatsView.class);
        kinds.put(inspect, InspectView.class);
        tabs.getSelectionModel().selectedItemProperty().subscribe((before, now) -> {
            if (before != null) {
                before.setContent(null);
            }
            personChose |= !suiting && row.isPresent();
            showTab();
        });
        DetailHead head = new DetailHead(context.messages(), tabs, "container-shown", () -> closing.run(), state);
        root.getChildren().add(head);
        root.getStyleClass().add("detail");
        life = SceneLife.of(root)
                .during(() -> row.<AutoCloseable>map(
                                chosen -> SceneLife.listen(chosen.container(), now -> name(head, now)))
                        .orElse(() -> {}));
    }

    /// Its name and its state may change while it is shown.
    private void name(DetailHead head, Container now) {
        head.name(now.name());
        state.show(now.state(), now.activity());
        tabs.setAccessibleText(context.messages().text("detail.of", now.name()));
    }

    /// Says what the close button does.
    public void onClose(Runnable action) {
        closing = action;
    }

    public void show(ContainerRow chosen, ContainerMenu asked) {
        row = Optional.of(chosen);
        menu = Optional.of(asked);
        if (!personChose) {
            suiting = true;
            tabs.getSelectionModel().select(isAlive(chosen.now()) ? logs : summary);
            suiting = false;
        }
        life.restart();
        showTab();
    }

    /// What it writes is asked about what runs, how it ended about what does not.
    private static boolean isAlive(Container container) {
        return container.state().runningPid().isPresent()
                || container.activity().filter(Activity.STARTING::equals).isPresent();
    }

    /// Shows what is said of the newer image of the container that is shown, whatever tab the person chose otherwise.
    public void showNewer() {
        suiting = true;
        tabs.getSelectionModel().select(summary);
        suiting = false;
        if (loaded.get(summary) instanceof Screen<?> screen && screen.view() instanceof SummaryView view) {
            view.showNewer();
        }
    }

    /// Puts the keyboard on the tabs.
    public void takeFocus() {
        tabs.requestFocus();
    }

    private Screen<? extends DetailTab> load(Class<? extends DetailTab> kind) {
        Screen<? extends DetailTab> screen = screens.load(kind);
        if (screen.view() instanceof WasteView view) {
            view.onReveal(this::reveal);
        }
        return screen;
    }

    /// Shows a file that the container has written.
    private void reveal(FilePath path) {
        tabs.getSelectionModel().select(files);
        if (loaded.containsKey(files) && loaded.get(files).view() instanceof FilesView view) {
            view.reveal(path);
        }
    }

    private void showTab() {
        Tab tab = tabs.getSelectionModel().getSelectedItem();
        Class<? extends DetailTab> kind = kinds.get(tab);
        if (kind == null || row.isEmpty() || menu.isEmpty()) {
            return;
        }
        Screen<? extends DetailTab> screen = loaded.computeIfAbsent(tab, first -> load(kind));
        screen.view().show(row.get(), menu.get());
        tab.setContent(screen.root());
    }
}
