package io.darsena.app.containers.summary;

import io.darsena.app.containers.chart.ChartKind;
import io.darsena.app.containers.chart.ContainerCharts;
import io.darsena.app.containers.item.ContainerMenu;
import io.darsena.app.containers.item.ContainerRow;
import io.darsena.app.containers.item.ContainerWords;
import io.darsena.app.containers.item.DetailTab;
import io.darsena.app.screen.ComparedSides;
import io.darsena.app.screen.SceneLife;
import io.darsena.app.screen.WindowContext;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.sync.OlderImage;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.fxml.FXML;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Pane;
import javafx.scene.layout.VBox;

/// The Summary tab: the drawn life beside what it uses, and below it how it came to run and what it is.
public final class SummaryView implements DetailTab {

    /// Below this width the charts lie under the drawing instead of beside it.
    private static final double NARROW = 940;

    private static final double CHART_WIDTH = 210;
    private static final double EDGE = 16;

    private static final List<ChartKind> SMALL_CHARTS =
            List.of(ChartKind.CPU, ChartKind.MEMORY, ChartKind.PROCESSES, ChartKind.PRESSURE);

    private final WindowContext context;
    private final ContainerWords words;
    private final StartStepsCard steps;
    private final FactsCard facts;
    private final LifecycleDiagram diagram;
    private final EndCard end;
    private final HistoryCard history;
    private final ContainerCharts charts;
    private Optional<ContainerRow> row = Optional.empty();
    private Optional<ContainerMenu> menu = Optional.empty();
    private SceneLife life = SceneLife.none();

    /// How the cards lie; nothing at first.
    private Optional<Arrangement> arrangement = Optional.empty();

    private double width;

    private enum Arrangement {
        CHARTS_BESIDE,
        TWO_CHARTS_BELOW,
        CHARTS_BELOW,
        WITHOUT_CHARTS
    }

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
        this.facts = new FactsCard(
                context.messages(), container -> menu.ifPresent(asked -> asked.recreate(container)), this::compare);
        this.end = new EndCard(context.messages());
        this.history = new HistoryCard(context.messages());
        this.charts = new ContainerCharts(context, SMALL_CHARTS, false);
        this.diagram = new LifecycleDiagram(
                context.messages(),
                context.appearance()::allowsMotion,
                (trigger, container) -> menu.ifPresent(asked -> asked.ask(trigger, container)));
    }

    @FXML
    private void initialize() {
        machine.getChildren().add(diagram);
        grid.getChildren().setAll(machine, charts, end, steps, history, facts);
        arrange();
        root.viewportBoundsProperty().subscribe(bounds -> {
            width = bounds.getWidth();
            arrange();
        });
        life = SceneLife.of(root)
                .during(() -> SceneLife.listen(shown(), this::draw))
                .during(() -> SceneLife.listen(older(), older -> draw(row.map(ContainerRow::now))))
                .during(() -> SceneLife.listen(context.session().metrics().beat(), beat -> row.ifPresent(this::tick)));
    }

    private ObservableValue<Optional<Container>> shown() {
        return row.<ObservableValue<Optional<Container>>>map(
                        chosen -> chosen.container().map(Optional::of))
                .orElseGet(() -> new SimpleObjectProperty<>(Optional.empty()));
    }

    /// What the container runs with what its image's name stands for now.
    private void compare(Container container) {
        OlderImage.of(container, context.session().images().values())
                .ifPresent(older -> context.navigation().compare(ComparedSides.withNewer(container, older)));
    }

    private ObservableValue<Boolean> older() {
        return row.<ObservableValue<Boolean>>map(ContainerRow::older)
                .orElseGet(() -> new SimpleObjectProperty<>(false));
    }

    /// Of what does not run and was not measured there is nothing to draw: four empty charts would say so four times.
    private Arrangement wanted() {
        if (row.filter(chosen -> !charts.nothingOf(chosen.now()).isEmpty()).isPresent()) {
            return Arrangement.WITHOUT_CHARTS;
        }
        if (width == 0 || width >= NARROW) {
            return Arrangement.CHARTS_BESIDE;
        }
        return width >= 2 * CHART_WIDTH ? Arrangement.TWO_CHARTS_BELOW : Arrangement.CHARTS_BELOW;
    }

    private void arrange() {
        Arrangement wanted = wanted();
        if (arrangement.filter(wanted::equals).isPresent()) {
            return;
        }
        arrangement = Optional.of(wanted);
        List<Pane> left = switch (wanted) {
            case CHARTS_BESIDE, WITHOUT_CHARTS -> List.of(machine, end, steps, history, facts);
            case TWO_CHARTS_BELOW, CHARTS_BELOW -> List.of(machine, end, charts, steps, history, facts);
        };
        charts.setVisible(wanted != Arrangement.WITHOUT_CHARTS);
        charts.setManaged(charts.isVisible());
        charts.columns(wanted == Arrangement.TWO_CHARTS_BELOW ? 2 : 1);
        int columns = wanted == Arrangement.CHARTS_BESIDE ? 1 : 2;
        for (int row = 0; row < left.size(); row++) {
            place(left.get(row), 0, row, columns, 1);
        }
        if (wanted == Arrangement.CHARTS_BESIDE) {
            place(charts, 1, 0, 1, left.size());
        }
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

    /// Brings what is said of a newer image into view, and the keyboard to what can be done about it.
    public void showNewer() {
        context.pump()
                .run(() -> facts.newerButton().ifPresent(button -> {
                    root.applyCss();
                    root.layout();
                    double seen = root.getViewportBounds().getHeight();
                    double more = root.getContent().getLayoutBounds().getHeight() - seen;
                    double top = Math.max(place(facts).getMinY(), place(button).getMaxY() + EDGE - seen);
                    root.setVvalue(more <= 0 ? 0 : Math.clamp(top / more, 0, 1));
                    button.requestFocus();
                }));
    }

    /// In what is scrolled.
    private Bounds place(Node node) {
        return root.getContent().sceneToLocal(node.localToScene(node.getLayoutBounds()));
    }

    private void draw(Optional<Container> shown) {
        shown.ifPresent(container -> {
            lifeOf.setText(context.messages().text("diagram.title", container.name()));
            diagram.show(container, present(container));
            end.show(container, charts.nothingOf(container));
            steps.show(container);
            history.show(container);
            facts.show(container, row.filter(chosen -> chosen.older().get()).isPresent());
            charts.show(container);
            arrange();
        });
    }

    private void tick(ContainerRow chosen) {
        diagram.say(present(chosen.now()));
        charts.show(chosen.now());
        boolean bare = arrangement.filter(Arrangement.WITHOUT_CHARTS::equals).isPresent();
        if (bare == charts.nothingOf(chosen.now()).isEmpty()) {
            // A second that was measured before the end may come after it.
            draw(Optional.of(chosen.now()));
        }
    }

    private String present(Container container) {
        return container
                .activity()
                .map(activity ->
                        context.messages().text("activity." + activity.name().toLowerCase(Locale.ROOT)))
                .orElseGet(() -> words.present(container.state(), Instant.now()));
    }
}
