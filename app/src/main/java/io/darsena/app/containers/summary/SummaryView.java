package io.darsena.app.containers.summary;

import io.darsena.app.containers.item.ContainerMenu;
import io.darsena.app.containers.item.ContainerRow;
import io.darsena.app.containers.item.ContainerWords;
import io.darsena.app.containers.item.DetailTab;
import io.darsena.app.containers.item.UsageCharts;
import io.darsena.app.screen.SceneLife;
import io.darsena.app.screen.WindowContext;
import io.darsena.bridge.container.Container;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Pane;
import javafx.scene.layout.VBox;

/// The Summary tab: the drawn life beside what it uses, and below it how it came to run and what it is.
public final class SummaryView implements DetailTab {

    /// Below this width the charts lie under the drawing instead of beside it.
    private static final double NARROW = 940;

    private final WindowContext context;
    private final ContainerWords words;
    private final StartStepsCard steps;
    private final FactsCard facts;
    private final LifecycleDiagram diagram;
    private final UsageCharts charts;
    private Optional<ContainerRow> row = Optional.empty();
    private Optional<ContainerMenu> menu = Optional.empty();
    private SceneLife life = SceneLife.none();

    @FXML
    private ScrollPane root;

    @FXML
    private GridPane grid;

    @FXML
    private Label lifeOf;

    @FXML
    private VBox machine;

    public SummaryView(WindowContext context) {
        this.context = context;
        this.words = new ContainerWords(context.messages());
        this.steps = new StartStepsCard(context.messages());
        this.facts = new FactsCard(context.messages());
        this.charts = new UsageCharts(context);
        this.diagram = new LifecycleDiagram(
                context.messages(),
                context.appearance().allowsMotion(),
                (trigger, container) -> menu.ifPresent(asked -> asked.ask(trigger, container)));
    }

    @FXML
    private void initialize() {
        machine.getChildren().add(diagram);
        arrange(false);
        root.viewportBoundsProperty().subscribe(bounds -> arrange(bounds.getWidth() > 0 && bounds.getWidth() < NARROW));
        life = SceneLife.of(root)
                .during(() -> SceneLife.listen(shown(), this::draw))
                .during(() -> context.pump().every(Duration.ofSeconds(1), () -> row.ifPresent(this::tick)))
                .during(() -> SceneLife.listen(
                        context.session().metrics().beat(),
                        beat -> row.map(ContainerRow::now).ifPresent(charts::show)));
    }

    private ObservableValue<Optional<Container>> shown() {
        return row.<ObservableValue<Optional<Container>>>map(
                        chosen -> chosen.container().map(Optional::of))
                .orElseGet(() -> new SimpleObjectProperty<>(Optional.empty()));
    }

    private void arrange(boolean narrow) {
        grid.getChildren().setAll(machine, charts, steps, facts);
        charts.lieDown(narrow);
        place(machine, 0, 0, narrow ? 2 : 1, 1);
        place(charts, narrow ? 0 : 1, narrow ? 1 : 0, narrow ? 2 : 1, narrow ? 1 : 3);
        place(steps, 0, narrow ? 2 : 1, narrow ? 2 : 1, 1);
        place(facts, 0, narrow ? 3 : 2, narrow ? 2 : 1, 1);
    }

    private static void place(Pane card, int column, int row, int columns, int rows) {
        GridPane.setConstraints(card, column, row, columns, rows);
    }

    @Override
    public void show(ContainerRow chosen, ContainerMenu asked) {
        row = Optional.of(chosen);
        menu = Optional.of(asked);
        root.setVvalue(0);
        life.restart();
    }

    private void draw(Optional<Container> shown) {
        shown.ifPresent(container -> {
            lifeOf.setText(context.messages().text("diagram.title", container.name()));
            diagram.show(container, present(container));
            steps.show(container);
            facts.show(container);
            charts.show(container);
        });
    }

    private void tick(ContainerRow chosen) {
        diagram.say(present(chosen.now()));
    }

    private String present(Container container) {
        return container
                .activity()
                .map(activity ->
                        context.messages().text("activity." + activity.name().toLowerCase(Locale.ROOT)))
                .orElseGet(() -> words.present(container.state(), Instant.now()));
    }
}
