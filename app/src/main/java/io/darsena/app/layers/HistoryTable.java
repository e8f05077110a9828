package io.darsena.app.layers;

import io.darsena.app.list.ListEdges;
import io.darsena.app.list.TextColumn;
import io.darsena.app.text.Messages;
import java.util.List;
import java.util.function.Function;
import javafx.beans.InvalidationListener;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

/// The steps of an image as `docker history` tells them, uppermost first.
public final class HistoryTable extends TableView<PyramidStep> {

    /// Room for the largest of 999 layers; the words beside it need what is left more.
    private static final double NUMBER = 56;

    /// Room for `29 nov 2026, 20:07:45`: a date that is cut says little.
    private static final double DATE = 164;

    /// Room for `FROM in Dockerfile:12`.
    private static final double PLACE = 152;

    private final Messages messages;

    public HistoryTable(Messages messages, LayersViewModel model) {
        this.messages = messages;
        getStyleClass().add("list");
        setId("history");
        ListEdges.keep(this);
        setAccessibleText(messages.text("imageHistory.title"));
        setColumnResizePolicy(CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        TableColumn<PyramidStep, PyramidStep> comment =
                column("layers.comment", 120, step -> step.step().comment());
        TableColumn<PyramidStep, PyramidStep> place =
                column("layers.dockerfile", PLACE, step -> step.place(messages), "muted");
        place.setMinWidth(PLACE);
        TableColumn<PyramidStep, PyramidStep> number = column("layers.number", NUMBER, HistoryTable::number, "numeric");
        number.setMaxWidth(NUMBER);
        TableColumn<PyramidStep, PyramidStep> created = column("layers.created", 200, this::created, "muted");
        created.setMinWidth(DATE);
        getColumns()
                .setAll(List.of(
                        number,
                        column("layers.createdBy", 400, step -> step.words(messages), "mono"),
                        place,
                        column(
                                "layers.size",
                                100,
                                step -> size(step, step.step().size()),
                                "numeric"),
                        column(
                                "layers.stored",
                                130,
                                step -> size(step, step.step().storedSize()),
                                "numeric"),
                        created,
                        column("layers.diffId", 120, PyramidStep::shortDiffId, "mono"),
                        comment));
        getColumns().forEach(column -> column.setSortable(false));
        setItems(model.steps());
        // Most builders leave neither.
        InvalidationListener fit = change -> {
            comment.setVisible(model.steps().stream()
                    .anyMatch(step -> !step.step().comment().isBlank()));
            place.setVisible(
                    model.steps().stream().anyMatch(step -> step.step().lines().isPresent()));
        };
        model.steps().addListener(fit);
        fit.invalidated(model.steps());
    }

    private TableColumn<PyramidStep, PyramidStep> column(
            String key, double width, Function<PyramidStep, String> words, String... styles) {
        return TextColumn.of(messages.text(key), width, words, styles);
    }

    private static String number(PyramidStep step) {
        return step.step().isEmpty() ? "" : Integer.toString(step.layer());
    }

    private String size(PyramidStep step, long bytes) {
        return step.step().isEmpty() ? "" : messages.quantities().sizeInColumn(bytes);
    }

    private String created(PyramidStep step) {
        return step.step().createdAt().map(messages.quantities()::dateAndTime).orElse("");
    }
}
