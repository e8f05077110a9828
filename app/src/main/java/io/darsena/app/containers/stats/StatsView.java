package io.darsena.app.containers.stats;

import io.darsena.app.containers.chart.ChartKind;
import io.darsena.app.containers.chart.ContainerCharts;
import io.darsena.app.containers.item.ContainerMenu;
import io.darsena.app.containers.item.ContainerRow;
import io.darsena.app.containers.item.DetailTab;
import io.darsena.app.screen.SceneLife;
import io.darsena.app.screen.WindowContext;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerMetrics;
import java.util.List;
import java.util.Optional;
import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.VBox;

/// The Stats tab: all that is measured of a container, as charts of the last ten minutes.
public final class StatsView implements DetailTab {

    private static final double ROOM_FOR_TWO = 560;
    private static final double ROOM_FOR_THREE = 1080;

    private final WindowContext context;
    private final ContainerCharts charts;
    private Optional<ContainerRow> row = Optional.empty();
    private SceneLife life = SceneLife.none();

    @FXML
    private ScrollPane root;

    @FXML
    private VBox content;

    @FXML
    private Label stopped;

    @FXML
    private Label source;

    public StatsView(WindowContext context) {
        this.context = context;
        this.charts = new ContainerCharts(context, List.of(ChartKind.values()), true);
    }

    @FXML
    private void initialize() {
        content.getChildren().add(charts);
        root.viewportBoundsProperty().subscribe(bounds -> charts.columns(columns(bounds.getWidth())));
        life = SceneLife.of(root)
                .during(() -> SceneLife.listen(context.session().metrics().beat(), beat -> row.ifPresent(this::draw)))
                .during(() -> row.<AutoCloseable>map(
                                chosen -> SceneLife.listen(chosen.container(), now -> draw(chosen)))
                        .orElse(() -> {}));
    }

    private static int columns(double width) {
        return width >= ROOM_FOR_THREE ? 3 : width >= ROOM_FOR_TWO ? 2 : 1;
    }

    @Override
    public void show(ContainerRow chosen, ContainerMenu menu) {
        row = Optional.of(chosen);
        root.setVvalue(0);
        life.restart();
    }

    private void draw(ContainerRow chosen) {
        Container container = chosen.now();
        charts.show(container);
        Optional<ContainerMetrics> sample = context.session().metrics().newest(chosen.id());
        show(
                source,
                sample.filter(now -> now.source() == ContainerMetrics.Source.PROC)
                        .isPresent());
        String nothing = charts.nothingOf(container);
        charts.setVisible(nothing.isEmpty());
        charts.setManaged(nothing.isEmpty());
        stopped.setText(nothing.isEmpty() ? context.messages().text("stats.stopped") : nothing);
        show(stopped, container.state().runningPid().isEmpty());
    }

    private static void show(Label label, boolean shown) {
        label.setVisible(shown);
        label.setManaged(shown);
    }
}
