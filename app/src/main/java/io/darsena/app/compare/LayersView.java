package io.darsena.app.compare;

import io.darsena.app.layers.FileWords;
import io.darsena.app.layers.PyramidStep;
import io.darsena.app.layers.PyramidZoom;
import io.darsena.app.layers.StepBlock;
import io.darsena.app.screen.ComparedSides.AtRegistry;
import io.darsena.app.screen.ComparedSides.Here;
import io.darsena.app.screen.ComparedSides.OfContainer;
import io.darsena.app.screen.Navigation;
import io.darsena.app.text.Messages;
import io.darsena.app.text.PlainText;
import io.darsena.app.theme.ZoomPane;
import io.darsena.bridge.layer.LayerComparison;
import io.darsena.bridge.layer.LayerComparison.Layer;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The pyramids of two images or containers beside each other, on the layers that both have, which reach across. They
/// are drawn larger and smaller together. A click shows a layer in its image, Enter that of the new image, or of the
/// only one that has one there, and Shift+Enter that of the old one.
final class LayersView extends VBox {

    private static final double TIP_WIDTH = 560;

    /// As in the style sheet.
    private static final double ROW_HEIGHT = 47;

    private static final double EDGES = 18;

    /// So many rows of layers are seen at least; where there is less height, what is around them scrolls with them.
    private static final int LEAST_ROWS = 3;

    private final Messages messages;
    private final Navigation navigation;
    private final CompareViewModel model;
    private final Label before = heading("layers-before");
    private final Label after = heading("layers-after");
    private final Label base = new Label();
    private final ListView<LayerRow> rows = new ListView<>();
    private final PyramidZoom zoom;

    LayersView(Messages messages, Navigation navigation, CompareViewModel model) {
        this.messages = messages;
        this.navigation = navigation;
        this.model = model;
        this.zoom = new PyramidZoom(messages);
        getStyleClass().addAll("explorer-pane", "compared-layers");
        HBox headings = new HBox(before, after);
        headings.getStyleClass().add("headings");
        rows.setId("compared-layers");
        rows.getStyleClass().add("pyramid");
        rows.setAccessibleText(messages.text("compare.layers.title"));
        rows.setCellFactory(list -> new Cell());
        rows.setPlaceholder(new Region());
        rows.addEventFilter(KeyEvent.KEY_PRESSED, key -> {
            LayerRow row = rows.getSelectionModel().getSelectedItem();
            if (key.getCode() == KeyCode.ENTER && row != null) {
                open(row, key.isShiftDown() || row.after().isEmpty());
                key.consume();
            }
        });
        zoom.hearIn(rows);
        zoom.zoom().factor().subscribe(factor -> fit());
        base.setId("layers-shared");
        base.getStyleClass().addAll("muted", "base");
        base.setWrapText(true);
        base.setMinHeight(USE_PREF_SIZE);
        FlowPane tools = new FlowPane(zoom.tools("compared"));
        tools.getStyleClass().addAll("explorer-tools", "pyramid-tools");
        getChildren().addAll(tools, headings, rows, base);
        model.pair().subscribe(this::show);
    }

    /// Nothing happens where that image has no layer there, or is at its registry still.
    /// What a container has written is shown in the container.
    private void open(LayerRow row, boolean old) {
        Optional<Layer> layer = old ? row.before() : row.after();
        ComparedPair pair = model.pair().get().orElse(null);
        if (pair == null || layer.isEmpty()) {
            return;
        }
        switch (old ? pair.names().before() : pair.names().after()) {
            case Here image -> navigation.showLayer(image.id(), row.number());
            case OfContainer container -> {
                if (layer.get().isWritable()) {
                    navigation.showContainer(container.id());
                } else if (pair instanceof ComparedPair.BothHere both) {
                    Subject subject = old ? both.before() : both.after();
                    navigation.showLayer(subject.image().id(), row.number());
                }
            }
            case AtRegistry there -> {}
        }
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
        pair.ifPresent(this::tell);
    }

    /// All rows are of one height.
    private void fit() {
        double height = Math.round(ROW_HEIGHT * zoom.zoom().factor().get());
        rows.setFixedCellSize(height);
        rows.setPrefHeight(rows.getItems().size() * height + EDGES);
        rows.setMinHeight(Math.min(rows.getItems().size(), LEAST_ROWS) * height + EDGES);
    }

    private void tell(ComparedPair pair) {
        LayerComparison layers = pair.layers();
        before.setText(messages.text(
                "compare.layers.before",
                layers.before().size(),
                messages.quantities().size(bytes(layers, layers.before()))));
        after.setText(messages.text(
                "compare.layers.after",
                layers.after().size(),
                messages.quantities().size(bytes(layers, layers.after()))));
        base.setText(messages.text(
                        "compare.layers.shared",
                        layers.shared().size(),
                        messages.quantities().size(bytes(layers, layers.shared())))
                + " "
                + switch (pair) {
                    // Nobody fetches a container.
                    case ComparedPair.BothHere both when both.names().hasContainer() -> "";
                    case ComparedPair.BothHere both ->
                        messages.text(
                                "compare.layers.fetch", messages.quantities().size(layers.toFetch()));
                    case ComparedPair.WithUpdate update -> messages.text("compare.layers.compressed");
                });
    }

    private static long bytes(LayerComparison all, List<Layer> some) {
        return some.stream().mapToLong(all::bytes).sum();
    }

    private String words(Layer layer) {
        if (layer.isWritable()) {
            return messages.text("compare.layers.own");
        }
        String instruction = PyramidStep.instruction(layer.createdBy());
        return instruction.isEmpty() ? messages.text("layers.unknown") : PlainText.lines(instruction);
    }

    /// Its bytes, and of a layer that only a registry has told of whether it would be fetched.
    private String facts(LayerRow row, Layer layer) {
        String size = messages.quantities().size(row.bytes(layer));
        return layer.size().isPresent()
                ? size
                : size
                        + FileWords.SEPARATOR
                        + messages.text(layer.here() ? "compare.layers.here" : "compare.layers.come");
    }

    private String words(LayerRow row, Optional<Layer> layer) {
        return layer.map(known -> words(known) + ", " + facts(row, known)).orElse(messages.text("compare.layers.none"));
    }

    private String spoken(LayerRow row) {
        return row.shared()
                ? messages.text("compare.layers.spokenShared", row.number(), words(row, row.before()))
                : messages.text(
                        "compare.layers.spoken", row.number(), words(row, row.before()), words(row, row.after()));
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
            setOnMouseClicked(click -> {
                LayerRow row = getItem();
                if (row != null && click.getButton() == MouseButton.PRIMARY) {
                    open(row, !row.shared() && click.getX() < getWidth() / 2);
                }
            });
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
                setAccessibleHelp(null);
                return;
            }
            setAccessibleText(spoken(row));
            setAccessibleHelp(messages.text("compare.layers.open"));
            Tooltip tip = new Tooltip(spoken(row) + "\n\n" + messages.text("compare.layers.open"));
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

        private void show(StepBlock block, LayerRow row, Optional<Layer> layer, String sign) {
            block.setVisible(layer.isPresent());
            layer.ifPresent(known -> {
                if (row.bytes(known) == 0) {
                    block.showThin(sign + words(known), facts(row, known));
                } else {
                    block.show(sign + words(known), facts(row, known), "", row.width(known));
                }
            });
        }
    }
}
