package io.darsena.app.containers.summary;

import io.darsena.app.containers.item.ContainerWords;
import io.darsena.app.control.CopyButton;
import io.darsena.app.text.Messages;
import io.darsena.app.text.PlainText;
import io.darsena.bridge.container.Container;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// What a container is: identity, image, command, limits, labels.
final class FactsCard extends VBox {

    private final Messages messages;
    private final ContainerWords words;
    private final Consumer<Container> recreation;
    private final Consumer<Container> comparison;
    private final GridPane facts = new GridPane();
    private Optional<Button> newerButton = Optional.empty();

    /// @param recreation makes a container anew
    /// @param comparison shows what differs in the image that its image's name stands for now
    FactsCard(Messages messages, Consumer<Container> recreation, Consumer<Container> comparison) {
        this.messages = messages;
        this.recreation = recreation;
        this.comparison = comparison;
        this.words = new ContainerWords(messages);
        getStyleClass().addAll("card", "facts-card");
        Label heading = new Label(messages.text("facts.title"));
        heading.getStyleClass().add("strong");
        facts.getStyleClass().add("facts");
        ColumnConstraints wide = new ColumnConstraints();
        wide.setHgrow(Priority.ALWAYS);
        wide.setMinWidth(80);
        facts.getColumnConstraints().addAll(new ColumnConstraints(), wide);
        getChildren().addAll(heading, facts);
    }

    /// @param older whether its image's name stands for a newer one now
    void show(Container container, boolean older) {
        facts.getChildren().clear();
        newerButton = Optional.empty();
        id(container);
        fact("facts.image", container.imageName(), false);
        if (older) {
            older(container);
        }
        fact("facts.command", String.join(" ", container.arguments()), true);
        fact("facts.created", messages.quantities().dateAndTime(container.createdAt()), false);
        fact("facts.limits", words.limits(container.spec().limits()), false);
        fact(
                "facts.network",
                messages.text("network." + container.spec().network().word()),
                false);
        if (container.spec().autoRemove()) {
            fact("facts.autoRemove", messages.text("facts.yes"), false);
        }
        if (container.spec().readOnlyRoot()) {
            fact("facts.readOnly", messages.text("facts.yes"), false);
        }
        if (!container.spec().labels().isEmpty()) {
            fact("facts.labels", words.labels(container.spec().labels()), true);
        }
    }

    /// Of what can be done about an older image; empty where the container runs the newest.
    Optional<Button> newerButton() {
        return newerButton;
    }

    private void older(Container container) {
        Label text = new Label(messages.text("facts.older"), new FontIcon(Feather.ARROW_UP_CIRCLE));
        text.getStyleClass().addAll("notice", "older");
        text.setWrapText(true);
        Button recreate = new Button(messages.text("action.recreate"));
        recreate.setId("recreate");
        recreate.setMinWidth(USE_PREF_SIZE);
        recreate.setOnAction(event -> recreation.accept(container));
        Button compare = new Button(messages.text("facts.older.compare"), new FontIcon(Feather.COLUMNS));
        compare.setId("compare-newer");
        compare.setMinWidth(USE_PREF_SIZE);
        compare.setOnAction(event -> comparison.accept(container));
        FlowPane buttons = new FlowPane(compare, recreate);
        buttons.getStyleClass().add("older-deeds");
        newerButton = Optional.of(compare);
        VBox notice = new VBox(text, buttons);
        notice.getStyleClass().add("older-notice");
        facts.add(notice, 0, facts.getRowCount(), 2, 1);
    }

    private void id(Container container) {
        Label hex = new Label(container.id().shortId());
        hex.getStyleClass().add("mono");
        HBox row = new HBox(
                hex,
                new CopyButton(
                        messages.text("action.copyId"), () -> container.id().hex()));
        row.getStyleClass().add("id-row");
        Label name = name("facts.id");
        facts.addRow(0, name, row);
    }

    private void fact(String key, String value, boolean mono) {
        Label text = new Label(PlainText.lines(value));
        text.setWrapText(true);
        if (mono) {
            text.getStyleClass().add("mono");
        }
        facts.addRow(facts.getRowCount(), name(key), text);
    }

    private Label name(String key) {
        Label name = new Label(messages.text(key));
        name.getStyleClass().add("muted");
        name.setMinWidth(USE_PREF_SIZE);
        return name;
    }
}
