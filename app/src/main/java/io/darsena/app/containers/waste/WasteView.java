package io.darsena.app.containers.waste;

import io.darsena.app.action.CommonKeys;
import io.darsena.app.containers.item.ContainerMenu;
import io.darsena.app.containers.item.ContainerRow;
import io.darsena.app.containers.item.DetailTab;
import io.darsena.app.control.FailureBanner;
import io.darsena.app.layers.ContainerSteps;
import io.darsena.app.layers.PyramidStep;
import io.darsena.app.layers.WastePane;
import io.darsena.app.layers.WasteViewModel;
import io.darsena.app.screen.Navigation.SoughtLayer;
import io.darsena.app.screen.SceneLife;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.session.Question;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.TreeSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.fxml.FXML;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// The Waste tab: what of a container's image and of its own layer nobody sees who looks at the container, and what
/// is needed by none. Counted when the tab is first opened for a container, and again by F5.
public final class WasteView implements DetailTab {

    private final WindowContext context;
    private final WasteViewModel waste;
    private final Question<List<PyramidStep>> asked;
    private final ObservableList<PyramidStep> steps = FXCollections.observableArrayList();
    private final WastePane pane;
    private Optional<ContainerRow> row = Optional.empty();
    private Consumer<FilePath> revealer = path -> {};
    private SceneLife life = SceneLife.none();

    @FXML
    private VBox root;

    public WasteView(WindowContext context) {
        this.context = context;
        this.waste = new WasteViewModel(context.commands(), context.pump());
        this.asked = new Question<>(context.commands(), context.pump(), Duration.ZERO);
        this.pane = new WastePane(context.messages(), waste, steps, this::open);
    }

    @FXML
    private void initialize() {
        pane.offerRefresh(this::count);
        VBox.setVgrow(pane, Priority.ALWAYS);
        root.getChildren().addAll(new FailureBanner(context.messages(), asked.place()), pane);
        root.addEventFilter(KeyEvent.KEY_PRESSED, key -> {
            if (CommonKeys.REFRESH.match(key)) {
                count();
                key.consume();
            }
        });
        life = SceneLife.of(root).during(() -> {
            row.ifPresent(this::look);
            return asked::withdraw;
        });
    }

    /// Says who shows a file of what the container has written.
    public void onReveal(Consumer<FilePath> showing) {
        revealer = showing;
    }

    /// What has been counted and found stays for who comes back from one of its files.
    private void look(ContainerRow chosen) {
        if (waste.show(new TreeSource.OfContainer(chosen.id()))) {
            steps.clear();
        }
        if (steps.isEmpty()) {
            askForSteps(chosen);
        }
        waste.look();
    }

    private void count() {
        row.ifPresent(this::askForSteps);
        waste.refresh();
    }

    private void askForSteps(ContainerRow chosen) {
        Container container = chosen.now();
        asked.ask(engine -> ContainerSteps.read(engine, container), steps::setAll);
    }

    /// What its image brought is shown there.
    private void open(int layer, FilePath path) {
        Optional<PyramidStep> step =
                steps.stream().filter(each -> each.layer() == layer).findFirst();
        if (step.filter(PyramidStep::isWritable).isPresent()) {
            revealer.accept(path);
        } else if (step.isPresent()) {
            Container container = row.orElseThrow().now();
            context.navigation().showLayer(new SoughtLayer(container.image(), layer, Optional.of(path)));
        }
    }

    @Override
    public void show(ContainerRow chosen, ContainerMenu menu) {
        row = Optional.of(chosen);
        life.restart();
    }
}
