package io.darsena.app.layers;

import io.darsena.app.control.EmptyState;
import io.darsena.app.control.FailureBanner;
import io.darsena.app.list.TextColumn;
import io.darsena.app.text.Messages;
import io.darsena.bridge.layer.Waste;
import io.darsena.bridge.layer.Waste.Hidden;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.InvalidationListener;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// What of an image no container sees: how much, which files, who brought them and who hides them.
public final class WastePane extends VBox {

    private final Messages messages;
    private final LayersViewModel model;
    private final Label summary = new Label();
    private final Label explanation = new Label();
    private final TableView<Hidden> table = new TableView<>();

    public WastePane(Messages messages, LayersViewModel model) {
        this.messages = messages;
        this.model = model;
        getStyleClass().add("waste-pane");
        summary.getStyleClass().add("strong");
        summary.setId("waste-summary");
        explanation.getStyleClass().add("muted");
        for (Label each : new Label[] {summary, explanation}) {
            each.setWrapText(true);
            each.setMinHeight(USE_PREF_SIZE);
        }
        VBox head = new VBox(summary, explanation);
        head.getStyleClass().add("waste-head");
        table.setId("waste");
        table.getStyleClass().add("list");
        table.setAccessibleText(messages.text("waste.title"));
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.getColumns()
                .setAll(List.of(
                        column("waste.size", 100, each -> messages.quantities().size(each.bytes()), "numeric"),
                        column("waste.path", 330, each -> "/" + each.path(), "mono"),
                        column("waste.brought", 260, each -> step(each.broughtBy())),
                        column("waste.hidden", 300, this::hider)));
        table.getColumns().forEach(column -> column.setSortable(false));
        EmptyState none = new EmptyState(
                Feather.CHECK_CIRCLE, messages.text("waste.none.title"), messages.text("waste.none.words"));
        none.visibleProperty().bind(model.waste().map(Optional::isPresent));
        table.setPlaceholder(none);
        VBox.setVgrow(table, Priority.ALWAYS);
        getChildren().addAll(new FailureBanner(messages, model.wastePlace()), head, table);
        model.wastePlace().failure().subscribe(failure -> show(model.waste().get()));
        model.waste().subscribe(this::show);
        model.steps().addListener((InvalidationListener) change -> table.refresh());
    }

    private void show(Optional<Waste> waste) {
        long size = model.steps().stream().mapToLong(step -> step.step().size()).sum();
        summary.setText(waste.map(known -> messages.text(
                        "waste.summary",
                        messages.quantities().size(known.bytes()),
                        messages.quantities().size(size),
                        messages.quantities().percent(size == 0 ? 0 : 100.0 * known.bytes() / size)))
                .orElse(model.wastePlace().failure().get().isPresent() ? "" : messages.text("waste.counting")));
        explanation.setText(waste.map(known -> messages.text(
                        "waste.efficiency",
                        messages.quantities().percent(known.efficiency() * 100),
                        messages.quantities().size(known.repeated())))
                .orElse(""));
        table.getItems().setAll(waste.map(Waste::hidden).orElse(List.of()));
    }

    private String hider(Hidden hidden) {
        return messages.text(hidden.removed() ? "waste.removedBy" : "waste.overwrittenBy", step(hidden.hiddenBy()));
    }

    /// The layer's number and what made it.
    private String step(int layer) {
        return model.steps().stream()
                .filter(step -> step.layer() == layer)
                .findFirst()
                .map(PyramidStep::instruction)
                .filter(words -> !words.isEmpty())
                .map(words -> messages.text("waste.step", layer, words))
                .orElse(messages.text("waste.layer", layer));
    }

    private TableColumn<Hidden, Hidden> column(
            String key, double width, Function<Hidden, String> words, String... styles) {
        return TextColumn.of(messages.text(key), width, words, styles);
    }
}
