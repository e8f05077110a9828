package io.darsena.app.containers.stats;

import io.darsena.app.containers.item.ContainerMenu;
import io.darsena.app.containers.item.ContainerRow;
import io.darsena.app.containers.item.DetailTab;
import io.darsena.app.containers.item.UsageCharts;
import io.darsena.app.screen.SceneLife;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.text.Messages;
import io.darsena.app.text.Quantities;
import io.darsena.bridge.container.ContainerMetrics;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

/// The Stats tab: three charts of the last ten minutes, and every number the engine measures.
public final class StatsView implements DetailTab {

    private final WindowContext context;
    private final Messages messages;
    private final Quantities quantities;
    private final UsageCharts charts;
    private final Map<String, Label> values = new LinkedHashMap<>();
    private Optional<ContainerRow> row = Optional.empty();
    private SceneLife life = SceneLife.none();

    @FXML
    private ScrollPane root;

    @FXML
    private VBox content;

    @FXML
    private FlowPane numbers;

    @FXML
    private Label stopped;

    @FXML
    private Label source;

    public StatsView(WindowContext context) {
        this.context = context;
        this.messages = context.messages();
        this.quantities = messages.quantities();
        this.charts = new UsageCharts(context);
    }

    @FXML
    private void initialize() {
        charts.lieDown(true);
        charts.getStyleClass().add("tall");
        content.getChildren().addFirst(charts);
        for (String name : new String[] {
            "cache", "blockRead", "blockWritten", "networkReceived", "networkSent", "throttled", "oomKills", "pressure"
        }) {
            numbers.getChildren().add(tile(name));
        }
        life = SceneLife.of(root)
                .during(() -> SceneLife.listen(context.session().metrics().beat(), beat -> row.ifPresent(this::draw)))
                .during(() -> row.<AutoCloseable>map(
                                chosen -> SceneLife.listen(chosen.container(), now -> draw(chosen)))
                        .orElse(() -> {}));
    }

    private Node tile(String name) {
        Label title = new Label(messages.text("stats." + name));
        title.getStyleClass().addAll("muted", "small-text");
        Label value = new Label();
        value.getStyleClass().add("number");
        values.put(name, value);
        VBox tile = new VBox(title, value);
        tile.getStyleClass().addAll("card", "tile");
        return tile;
    }

    @Override
    public void show(ContainerRow chosen, ContainerMenu menu) {
        row = Optional.of(chosen);
        life.restart();
    }

    private void draw(ContainerRow chosen) {
        charts.show(chosen.now());
        Optional<ContainerMetrics> sample = context.session().metrics().newest(chosen.id());
        boolean fromProc = sample.filter(now -> now.source() == ContainerMetrics.Source.PROC)
                .isPresent();
        show(source, fromProc);
        show(stopped, chosen.now().state().runningPid().isEmpty());
        say("cache", sample.map(ContainerMetrics::cache), quantities::memory);
        say("blockRead", sample.map(ContainerMetrics::blockRead), quantities::size);
        say("blockWritten", sample.map(ContainerMetrics::blockWritten), quantities::size);
        say("networkReceived", sample.map(ContainerMetrics::networkReceived), quantities::size);
        say("networkSent", sample.map(ContainerMetrics::networkSent), quantities::size);
        say(
                "throttled",
                sample.map(now -> now.throttling()
                        .map(counted -> OptionalLong.of(counted.nanos()))
                        .orElse(OptionalLong.empty())),
                nanos -> quantities.measured(Duration.ofNanos(nanos)));
        say("oomKills", sample.map(ContainerMetrics::oomKills), quantities::count);
        value("pressure")
                .setText(sample.map(now -> Stream.of(now.cpuPressure(), now.memoryPressure(), now.ioPressure())
                                .map(felt -> felt.map(pressure -> quantities.percent(pressure.some()))
                                        .orElse("–"))
                                .collect(Collectors.joining(" · ")))
                        .orElse("–"));
    }

    private static void show(Label label, boolean shown) {
        label.setVisible(shown);
        label.setManaged(shown);
    }

    private void say(String name, Optional<OptionalLong> number, LongFunction<String> words) {
        value(name)
                .setText(number.filter(OptionalLong::isPresent)
                        .map(present -> words.apply(present.getAsLong()))
                        .orElse("–"));
    }

    private Label value(String name) {
        return Objects.requireNonNull(values.get(name));
    }
}
