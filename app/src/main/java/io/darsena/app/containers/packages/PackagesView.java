package io.darsena.app.containers.packages;

import io.darsena.app.action.CommonKeys;
import io.darsena.app.containers.item.ContainerMenu;
import io.darsena.app.containers.item.ContainerRow;
import io.darsena.app.containers.item.DetailTab;
import io.darsena.app.control.SearchField;
import io.darsena.app.packages.PackagesPane;
import io.darsena.app.packages.PackagesViewModel;
import io.darsena.app.screen.SceneLife;
import io.darsena.app.screen.WindowContext;
import io.darsena.bridge.layer.TreeSource;
import java.util.Optional;
import javafx.fxml.FXML;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// The Packages tab: what the container sees, its own files among it. Read when the tab is opened, and again by F5.
public final class PackagesView implements DetailTab {

    private final PackagesViewModel model;
    private final PackagesPane pane;
    private Optional<ContainerRow> row = Optional.empty();
    private SceneLife life = SceneLife.none();

    @FXML
    private VBox root;

    public PackagesView(WindowContext context) {
        this.model = new PackagesViewModel(context.commands(), context.pump());
        this.pane = new PackagesPane(context, model);
    }

    @FXML
    private void initialize() {
        VBox.setVgrow(pane, Priority.ALWAYS);
        root.getChildren().add(pane);
        root.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        life = SceneLife.of(root).during(() -> {
            row.ifPresent(this::look);
            return () -> {};
        });
    }

    private void pressed(KeyEvent key) {
        if (SearchField.KEY.match(key)) {
            pane.search();
            key.consume();
        } else if (CommonKeys.REFRESH.match(key)) {
            model.refresh();
            key.consume();
        }
    }

    private void look(ContainerRow chosen) {
        model.show(new TreeSource.OfContainer(chosen.id()), chosen.now().name());
        model.look();
    }

    @Override
    public void show(ContainerRow chosen, ContainerMenu menu) {
        row = Optional.of(chosen);
        life.restart();
    }
}
