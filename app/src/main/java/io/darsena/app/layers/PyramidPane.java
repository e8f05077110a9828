package io.darsena.app.layers;

import io.darsena.app.control.Choice;
import io.darsena.app.layers.WritableLayer.Owner;
import io.darsena.app.text.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.InvalidationListener;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The pyramid, and above it how large it is drawn, what container's layer lies on top, and how it is to be read.
final class PyramidPane extends VBox {

    private static final double TIP_WIDTH = 420;

    private final Messages messages;
    private final LayersViewModel model;
    private final PyramidZoom zoom;

    /// @param enter what Enter on a step does
    PyramidPane(Messages messages, LayersViewModel model, Runnable enter) {
        this.messages = messages;
        this.model = model;
        this.zoom = new PyramidZoom(messages);
        getStyleClass().add("explorer-pane");
        setMinWidth(0);
        PyramidView pyramid = new PyramidView(messages, model, zoom, enter);
        VBox.setVgrow(pyramid, Priority.ALWAYS);
        FlowPane tools = new FlowPane(zoom.tools("pyramid"), owners(), legend());
        tools.getStyleClass().addAll("explorer-tools", "pyramid-tools");
        getChildren().addAll(tools, pyramid);
    }

    /// How the pyramid is to be read.
    private Label legend() {
        Label legend = new Label();
        legend.setId("pyramid-legend");
        legend.getStyleClass().addAll("muted", "small-text");
        legend.setMinWidth(Region.USE_PREF_SIZE);
        Tooltip more = new Tooltip(messages.text("pyramid.legend.more"));
        more.setWrapText(true);
        more.setMaxWidth(TIP_WIDTH);
        legend.setTooltip(more);
        InvalidationListener say = change -> legend.setText(messages.text(
                model.steps().stream().anyMatch(PyramidStep::isShared) ? "pyramid.legend.shared" : "pyramid.legend"));
        model.steps().addListener(say);
        say.invalidated(model.steps());
        return legend;
    }

    /// There while the image has containers.
    private Node owners() {
        WritableLayer writable = model.writable();
        ComboBox<Optional<Owner>> box = Choice.of(
                List.of(),
                owner -> owner.map(known -> messages.text("pyramid.owner", known.name()))
                        .orElse(messages.text("pyramid.noOwner")));
        box.setId("pyramid-owner");
        box.setAccessibleText(messages.text("pyramid.owners"));
        Label label = new Label(messages.text("pyramid.onTop"));
        label.getStyleClass().addAll("muted", "small-text");
        label.setLabelFor(box);
        label.setMinWidth(Region.USE_PREF_SIZE);
        HBox place = new HBox(label, box);
        place.getStyleClass().add("pyramid-owner");
        InvalidationListener fill = change -> {
            List<Optional<Owner>> choices = new ArrayList<>(List.of(Optional.empty()));
            writable.owners().forEach(owner -> choices.add(Optional.of(owner)));
            box.getItems().setAll(choices);
            box.setValue(writable.owner().get());
            place.setVisible(choices.size() > 1);
            place.setManaged(choices.size() > 1);
        };
        writable.owners().addListener(fill);
        fill.invalidated(writable.owners());
        writable.owner().subscribe(box::setValue);
        box.setOnAction(event -> {
            if (box.getValue() != null) {
                writable.owner().set(box.getValue());
            }
        });
        return place;
    }
}
