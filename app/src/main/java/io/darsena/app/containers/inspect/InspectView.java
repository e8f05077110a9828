package io.darsena.app.containers.inspect;

import io.darsena.app.containers.item.ContainerMenu;
import io.darsena.app.containers.item.ContainerRow;
import io.darsena.app.containers.item.DetailTab;
import io.darsena.app.control.FailureBanner;
import io.darsena.app.control.JsonPane;
import io.darsena.app.screen.SceneLife;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.session.FailurePlace;
import io.darsena.bridge.container.ContainerId;
import java.util.Optional;
import javafx.fxml.FXML;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// The Inspect tab; it reads anew whenever the container has changed.
public final class InspectView implements DetailTab {

    private final WindowContext context;
    private final FailurePlace place = new FailurePlace();
    private final JsonPane json;
    private Optional<ContainerRow> row = Optional.empty();
    private SceneLife life = SceneLife.none();

    @FXML
    private VBox root;

    public InspectView(WindowContext context) {
        this.context = context;
        this.json = new JsonPane(context.messages());
    }

    @FXML
    private void initialize() {
        VBox.setVgrow(json, Priority.ALWAYS);
        root.getChildren().addAll(new FailureBanner(context.messages(), place), json);
        life = SceneLife.of(root)
                .during(() -> row.<AutoCloseable>map(
                                chosen -> SceneLife.listen(chosen.container(), now -> read(now.id())))
                        .orElse(() -> {}));
    }

    @Override
    public void show(ContainerRow chosen, ContainerMenu menu) {
        row = Optional.of(chosen);
        life.restart();
    }

    private void read(ContainerId id) {
        context.commands().run(place, engine -> {
            String text = engine.containers().inspect(id);
            context.pump()
                    .run(() -> row.filter(chosen -> chosen.id().equals(id)).ifPresent(same -> json.show(text)));
        });
    }
}
