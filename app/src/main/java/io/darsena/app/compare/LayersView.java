package io.darsena.app.compare;

import io.darsena.app.layers.PyramidStep;
import io.darsena.app.layers.PyramidZoom;
import io.darsena.app.layers.StepBlock;
import io.darsena.app.text.Messages;
import io.darsena.app.theme.ZoomPane;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.layer.LayerComparison;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The pyramids of two images beside each other, on the layers that both have, which reach across. They are drawn
/// larger and smaller together.
final class LayersView extends VBox {

    private static final double TIP_WIDTH = 560;

    /// As in the style sheet.
    private static final double ROW_HEIGHT = 47;

    private static final double EDGES = 18;

    private final Messages messages;
    private final Label before = heading("layers-before");
    private final Label after = heading("layers-after");
    private final Label base = new Label();
    private final ListView<LayerRow> rows = new ListView<>();
    private final PyramidZoom zoom;

    LayersView(Messages messages, CompareViewModel model) {
        this.messages = messages;
        this.zoom = new PyramidZoom(messages);
        getStyleClass().addAll("explorer-pane", "compared-layers");
        HBox headings = new HBox(before, after);
        headings.getStyleClass().add("headings");
        rows.setId("compared-layers");
        rows.getStyleClass().add("pyramid");
        rows.setAccessibleText(messages.text("compare.layers.title"));
        rows.setCellFactory(list -> new Cell());
        rows.setPlaceholder(new Region());
        zoom.hearIn(rows);
        zoom.zoom().factor().subscribe(factor -> fit());
        rows.setMinHeight(0);
        base.setId("layers-shared");
        base.getStyleClass().addAll("muted", "base");
        base.setWrapText(true);
        base.setMinHeight(USE_PREF_SIZE);
        FlowPane tools = new FlowPane(zoom.tools("compared"));
        tools.getStyleClass().add("explorer-tools");
        getChildren().addAll(tools, headings, rows, base);
        model.pair().subscribe(this::show);
    }

    private static Label heading(String id) {
        Label label = new Label();
        label.setId(id);
        label.getStyleClass().add("muted");
        label.setTooltip(new Tooltip());
        label.getTooltip().textProperty().bind(label.textProperty());
        label.setMinWidth(0);
        label.setPrefWidth(0);
        label.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(label, Priority.ALWAYS);
        return label;
    }

    private void show(Optional<ComparedPair> pair) {
        rows.getItems().setAll(pair.map(known -> LayerRow.of(known.layers())).orElse(List.of()));
        fit();
        pair.map(ComparedPair::layers).ifPresent(this::tell);
    }

    /// All rows are of one height.
    private void fit() {
        double height = Math.round(ROW_HEIGHT * zoom.zoom().factor().get());
        rows.setFixedCellSize(height);
        rows.setPrefHeight(rows.getItems().size() * height + EDGES);
    }

    private void tell(LayerComparison layers) {
        before.setText(messages.text(
                "compare.layers.before",
                layers.before().size(),
                messages.quantities().size(bytes(layers.before()))));
        after.setText(messages.text(
                "compare.layers.after",
                layers.after().size(),
                messages.quantities().size(bytes(layers.after()))));
        base.setText(messages.text(
                        "compare.layers.shared",
                        layers.shared().size(),
                        messages.quantities().size(bytes(layers.shared())))
                + " "
                + messages.text("compare.layers.fetch", messages.quantities().size(layers.toFetch())));
    }

    private static long bytes(List<Image.Layer> layers) {
        return layers.stream().mapToLong(Image.Layer::size).sum();
    }

    private String words(Image.Layer layer) {
        String instruction = PyramidStep.instruction(layer.createdBy());
        return instruction.isEmpty() ? messages.text("layers.unknown") : instruction;
    }

    private String words(Optional<Image.Layer> layer) {
        return layer.map(known -> words(known) + ", " + messages.quantities().size(known.size()))
                .orElse(messages.text("compare.layers.none"));
    }

    private String spoken(LayerRow row) {
        return row.shared()
                ? messages.text("compare.layers.spokenShared", row.number(), words(row.before()))
                : messages.text("compare.layers.spoken", row.number(), words(row.before()), words(row.after()));
    }

    private final class Cell extends ListCell<LayerRow> {

        private final StepBlock both = new StepBlock();
        private final StepBlock left = side("gone");
        private final StepBlock right = side("come");
        private final HBox beside = new HBox(left, right);
        private final ZoomPane zoomedBoth = new ZoomPane(both, zoom.zoom());
        private final ZoomPane zoomedBeside = new ZoomPane(beside, zoom.zoom());

        Cell() {
            beside.setMinWidth(0);
            beside.setPrefWidth(0);
            setText(null);
        }

        private static StepBlock side(String style) {
            StepBlock block = new StepBlock();
            block.getStyleClass().add(style);
            HBox.setHgrow(block, Priority.ALWAYS);
            block.setMaxWidth(Double.MAX_VALUE);
            return block;
        }

        @Override
        protected void updateItem(@Nullable LayerRow row, boolean empty) {
            super.updateItem(row, empty);
            if (row == null || empty) {
                setGraphic(null);
                setTooltip(null);
                setAccessibleText(null);
                return;
            }
            setAccessibleText(spoken(row));
            Tooltip tip = new Tooltip(spoken(row));
            tip.setWrapText(true);
            tip.setMaxWidth(TIP_WIDTH);
            setTooltip(tip);
            if (row.shared()) {
                show(both, row, row.after(), "");
                setGraphic(zoomedBoth);
            } else {
                show(left, row, row.before(), "− ");
                show(right, row, row.after(), "+ ");
                setGraphic(zoomedBeside);
            }
        }

        private void show(StepBlock block, LayerRow row, Optional<Image.Layer> layer, String sign) {
            block.setVisible(layer.isPresent());
            layer.ifPresent(known ->
                    block.show(sign + words(known), messages.quantities().size(known.size()), "", row.width(known)));
        }
    }
}
