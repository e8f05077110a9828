package io.darsena.app.containers;

import io.darsena.app.containers.item.ContainerActions;
import io.darsena.app.containers.item.ContainerMenu;
import io.darsena.app.containers.item.ContainerRow;
import io.darsena.app.containers.item.TriggerWords;
import io.darsena.app.control.StateBadge;
import io.darsena.app.text.Messages;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerMetrics;
import io.darsena.bridge.container.Lifecycle.Trigger;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import javafx.scene.control.Button;
import javafx.scene.control.TableCell;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Makes the cells of the list.
final class ContainerCells {

    private final Messages messages;
    private final ContainerActions actions;
    private final ContainerMenu menu;

    ContainerCells(Messages messages, ContainerActions actions, ContainerMenu menu) {
        this.messages = messages;
        this.actions = actions;
        this.menu = menu;
    }

    TableCell<ContainerRow, Container> state() {
        StateBadge badge = new StateBadge(messages);
        return new TableCell<>() {
            @Override
            protected void updateItem(@Nullable Container container, boolean empty) {
                super.updateItem(container, empty);
                setGraphic(container == null || empty ? null : badge);
                if (container != null) {
                    badge.show(container.state(), container.activity());
                }
            }
        };
    }

    TableCell<ContainerRow, Container> text(Function<Container, String> words, String style) {
        TableCell<ContainerRow, Container> cell = new TableCell<>() {
            @Override
            protected void updateItem(@Nullable Container container, boolean empty) {
                super.updateItem(container, empty);
                setText(container == null || empty ? null : words.apply(container));
            }
        };
        cell.getStyleClass().add(style);
        return cell;
    }

    TableCell<ContainerRow, ContainerRow.Age> age() {
        return new TableCell<>() {
            @Override
            protected void updateItem(ContainerRow.@Nullable Age age, boolean empty) {
                super.updateItem(age, empty);
                setText(age == null || empty ? null : age.words());
            }
        };
    }

    TableCell<ContainerRow, Optional<ContainerMetrics>> cpu() {
        return number(sample -> sample.cpuPercent().isPresent()
                ? messages.quantities().percent(sample.cpuPercent().getAsDouble())
                : "");
    }

    TableCell<ContainerRow, Optional<ContainerMetrics>> memory() {
        return number(sample -> {
            String used = sample.memory().isPresent()
                    ? messages.quantities().memory(sample.memory().getAsLong())
                    : "";
            return sample.memoryLimit().isPresent()
                    ? used + " / "
                            + messages.quantities().memory(sample.memoryLimit().getAsLong())
                    : used;
        });
    }

    private TableCell<ContainerRow, Optional<ContainerMetrics>> number(Function<ContainerMetrics, String> words) {
        TableCell<ContainerRow, Optional<ContainerMetrics>> cell = new TableCell<>() {
            @Override
            protected void updateItem(@Nullable Optional<ContainerMetrics> sample, boolean empty) {
                super.updateItem(sample, empty);
                setText(sample == null || empty ? null : sample.map(words).orElse(""));
            }
        };
        cell.getStyleClass().add("numeric");
        return cell;
    }

    TableCell<ContainerRow, Container> actions() {
        Button toggle = iconButton(Feather.PLAY);
        Button remove = iconButton(Feather.TRASH_2);
        Button more = iconButton(Feather.MORE_VERTICAL);
        HBox buttons = new HBox(toggle, remove, more);
        buttons.getStyleClass().add("row-actions");
        return new TableCell<>() {
            @Override
            protected void updateItem(@Nullable Container container, boolean empty) {
                super.updateItem(container, empty);
                setGraphic(container == null || empty ? null : buttons);
                if (container != null) {
                    offer(toggle, ContainerActions.toggle(container), container);
                    offer(remove, ContainerActions.removal(container), container);
                    name(more, messages.text("action.moreFor", container.name()));
                    more.setOnAction(event -> menu.show(container, more));
                }
            }
        };
    }

    private void offer(Button button, Optional<Trigger> trigger, Container container) {
        button.setDisable(trigger.isEmpty());
        trigger.ifPresent(wanted -> {
            button.setGraphic(new FontIcon(TriggerWords.icon(wanted)));
            String verb = messages.text("action." + wanted.name().toLowerCase(Locale.ROOT));
            name(button, messages.text("action.named", verb, container.name()));
            button.setOnAction(event -> menu.ask(wanted, container));
        });
    }

    private static void name(Button button, String words) {
        button.setAccessibleText(words);
        if (button.getTooltip() == null) {
            button.setTooltip(new Tooltip());
        }
        button.getTooltip().setText(words);
    }

    private static Button iconButton(Ikon icon) {
        Button button = new Button("", new FontIcon(icon));
        button.getStyleClass().addAll("flat", "icon-button");
        // The list has keys for all of them; a hundred rows would be three hundred stops.
        button.setFocusTraversable(false);
        return button;
    }
}
