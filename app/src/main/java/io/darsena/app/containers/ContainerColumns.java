package io.darsena.app.containers;

import io.darsena.app.containers.item.ContainerActions;
import io.darsena.app.containers.item.ContainerMenu;
import io.darsena.app.containers.item.ContainerRow;
import io.darsena.app.containers.item.ContainerWords;
import io.darsena.app.containers.item.TriggerWords;
import io.darsena.app.control.Pictogram;
import io.darsena.app.control.StateBadge;
import io.darsena.app.list.ListCells;
import io.darsena.app.text.Messages;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerMetrics;
import io.darsena.bridge.container.Lifecycle.Trigger;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Button;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import org.kordamp.ikonli.feather.Feather;

/// What each column of the list shows and sorts by. Which there are, and how wide they begin, says the FXML.
final class ContainerColumns {

    private final Messages messages;
    private final ContainerWords words;
    private final ContainerMenu menu;
    private final Consumer<ContainerRow> newer;
    private final ObservableValue<Instant> clock;

    /// @param newer shows what can be done about a container of an older image
    ContainerColumns(
            Messages messages, ContainerMenu menu, Consumer<ContainerRow> newer, ObservableValue<Instant> clock) {
        this.newer = newer;
        this.messages = messages;
        this.words = new ContainerWords(messages);
        this.menu = menu;
        this.clock = clock;
    }

    void fill(TableView<ContainerRow> table) {
        table.getColumns().forEach(this::fill);
    }

    private void fill(TableColumn<ContainerRow, ?> column) {
        switch (column.getId()) {
            case "state" -> of(column, this::state, Comparator.comparing(Container::status));
            case "name" ->
                of(
                        column,
                        () -> ListCells.text(Container::name, "strong"),
                        Comparator.comparing(Container::name, String.CASE_INSENSITIVE_ORDER));
            case "image" ->
                of(column, () -> new ImageCell(messages, newer), Comparator.comparing(Container::imageName));
            case "command" -> {
                Function<Container, String> command = container -> String.join(" ", container.arguments());
                of(column, () -> ListCells.text(command, "mono"), Comparator.comparing(command));
            }
            case "id" ->
                of(
                        column,
                        () -> ListCells.text(container -> container.id().shortId(), "mono"),
                        Comparator.comparing(container -> container.id().hex()));
            case "cpu" ->
                measured(column, this::cpu, sample -> sample.cpuPercent().orElse(-1));
            case "memory" ->
                measured(column, this::memory, sample -> sample.memory().orElse(-1));
            case "processes" ->
                measured(column, this::processes, sample -> sample.processes().orElse(-1));
            case "uptime" ->
                of(
                        column,
                        () -> ListCells.clocked(clock, (Container container) -> words.age(container.state(), now())),
                        Comparator.comparing((Container container) ->
                                        container.state().since())
                                .reversed());
            case "created" ->
                of(
                        column,
                        () -> ListCells.clocked(
                                clock,
                                (Container container) -> messages.quantities().ago(container.createdAt(), now())),
                        Comparator.comparing(Container::createdAt).reversed());
            case "actions" -> of(column, this::actions, Comparator.comparing(Container::name));
            default -> throw new IllegalStateException("no column is called " + column.getId());
        }
    }

    private Instant now() {
        return clock.getValue();
    }

    @SuppressWarnings("unchecked") // the FXML's columns bear no types
    private static void of(
            TableColumn<ContainerRow, ?> column,
            Supplier<TableCell<ContainerRow, Container>> cell,
            Comparator<Container> order) {
        TableColumn<ContainerRow, Container> typed = (TableColumn<ContainerRow, Container>) column;
        typed.setCellValueFactory(row -> row.getValue().container());
        typed.setCellFactory(owner -> cell.get());
        typed.setComparator(order);
    }

    /// What is not measured counts less than nothing.
    @SuppressWarnings("unchecked") // the FXML's columns bear no types
    private static void measured(
            TableColumn<ContainerRow, ?> column,
            Function<ContainerMetrics, String> words,
            Function<ContainerMetrics, ? extends Number> number) {
        TableColumn<ContainerRow, Optional<ContainerMetrics>> typed =
                (TableColumn<ContainerRow, Optional<ContainerMetrics>>) column;
        typed.setCellValueFactory(row -> row.getValue().metrics());
        typed.setCellFactory(
                owner -> ListCells.moving(sample -> sample.map(words).orElse(""), "numeric"));
        typed.setComparator(Comparator.comparingDouble(
                sample -> sample.map(number).map(Number::doubleValue).orElse(-1.0)));
    }

    private String cpu(ContainerMetrics sample) {
        return sample.cpuPercent().isPresent()
                ? messages.quantities().percent(sample.cpuPercent().getAsDouble())
                : "";
    }

    private String memory(ContainerMetrics sample) {
        String used = sample.memory().isPresent()
                ? messages.quantities().memoryInColumn(sample.memory().getAsLong())
                : "";
        return sample.memoryLimit().isPresent()
                ? used + " / "
                        + messages.quantities().memory(sample.memoryLimit().getAsLong())
                : used;
    }

    private String processes(ContainerMetrics sample) {
        return sample.processes().isPresent()
                ? messages.quantities().count(sample.processes().getAsLong())
                : "";
    }

    private TableCell<ContainerRow, Container> state() {
        return ListCells.node(
                new StateBadge(messages),
                (badge, container) -> badge.show(container.state(), container.activity()),
                container -> StateBadge.word(messages, container.state(), container.activity()));
    }

    private TableCell<ContainerRow, Container> actions() {
        Button toggle = ListCells.button(Feather.PLAY);
        Button remove = ListCells.button(Feather.TRASH_2);
        Button more = ListCells.button(Feather.MORE_VERTICAL);
        HBox buttons = ListCells.buttons(toggle, remove, more);
        return ListCells.node(
                buttons,
                (box, container) -> {
                    offer(toggle, ContainerActions.toggle(container), container);
                    offer(remove, ContainerActions.removal(container), container);
                    ListCells.name(more, messages.text("action.moreFor", container.name()));
                    more.setOnAction(event -> menu.show(container, more));
                },
                container -> messages.text("action.of", container.name()));
    }

    private void offer(Button button, Optional<Trigger> trigger, Container container) {
        button.setDisable(trigger.isEmpty());
        trigger.ifPresent(wanted -> {
            if (!wanted.equals(button.getUserData())) {
                button.setUserData(wanted);
                button.setGraphic(Pictogram.of(TriggerWords.icon(wanted)));
            }
            ListCells.name(
                    button, messages.text("action.named", TriggerWords.verb(messages, wanted), container.name()));
            button.setOnAction(event -> menu.ask(wanted, container));
        });
    }
}
