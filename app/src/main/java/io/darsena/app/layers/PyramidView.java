package io.darsena.app.layers;

import io.darsena.app.text.Messages;
import io.darsena.app.theme.Zoom;
import io.darsena.app.theme.ZoomPane;
import javafx.beans.InvalidationListener;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.WeakChangeListener;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/// The steps of an image on each other, the base at the bottom: the wider the more bytes. What brings none is a thin
/// line; on top may lie the writable layer of a container. Where not all have room they are drawn less high, as long as
/// their words allow. Arrow keys go up and down, Enter goes to the files, and [PyramidZoom] hears how large it is to be
/// drawn.
final class PyramidView extends ListView<PyramidStep> {

    /// As in the style sheet.
    private static final double STEP_HEIGHT = 47;

    /// Two lines of words.
    private static final double LEAST_STEP_HEIGHT = 34;

    private static final double LINE_HEIGHT = 21;
    private static final double EDGES = 18;
    private static final double GAP = 3;
    private static final double TIP_WIDTH = 560;

    private final Messages messages;
    private final LayersViewModel model;
    private final Zoom zoom;
    private double stepHeight = STEP_HEIGHT;

    /// @param enter what Enter does
    PyramidView(Messages messages, LayersViewModel model, PyramidZoom drawn, Runnable enter) {
        this.messages = messages;
        this.model = model;
        this.zoom = drawn.zoom();
        getStyleClass().add("pyramid");
        setId("pyramid");
        setAccessibleText(messages.text("pyramid.title"));
        setItems(model.pyramid());
        setCellFactory(list -> new Cell());
        setPlaceholder(new Region());
        getSelectionModel().selectedItemProperty().subscribe(step -> {
            if (step != null) {
                model.chosen().set(step);
            }
        });
        drawn.hearIn(this);
        addEventFilter(KeyEvent.KEY_PRESSED, key -> {
            if (key.getCode() == KeyCode.ENTER) {
                enter.run();
                key.consume();
            }
        });
        zoom.factor().subscribe((before, now) -> refresh());
        heightProperty().subscribe(this::fit);
        model.pyramid().addListener((InvalidationListener) change -> fit());
        model.chosen().subscribe(step -> {
            if (step == null) {
                getSelectionModel().clearSelection();
            } else if (!step.equals(getSelectionModel().getSelectedItem())) {
                getSelectionModel().select(step);
                scrollTo(Math.max(0, getItems().indexOf(step) - 1));
            }
        });
    }

    /// As high as all of them have room for without scrolling, unless that is too low to be read.
    private void fit() {
        long lines = getItems().stream().filter(PyramidStep::isThin).count();
        double room = (getHeight() - EDGES - lines * LINE_HEIGHT)
                / Math.max(1, getItems().size() - lines);
        double now = Math.floor(Math.clamp(room, LEAST_STEP_HEIGHT, STEP_HEIGHT));
        if (now != stepHeight) {
            stepHeight = now;
            refresh();
        }
    }

    private String size(PyramidStep step) {
        if (step.isWritable()) {
            return model.writable()
                    .look()
                    .get()
                    .map(look -> messages.text(
                            "pyramid.written", messages.quantities().size(look.bytes()), look.entries()))
                    .orElse(messages.text("waste.counting"));
        }
        if (step.isThin()) {
            return messages.text(
                    "pyramid.nothing",
                    messages.quantities().size(0),
                    step.step().entries());
        }
        return messages.text(
                "pyramid.facts",
                messages.quantities().size(step.step().size()),
                messages.quantities().percent(step.share() * 100),
                step.step().entries());
    }

    private String shared(PyramidStep step) {
        return step.isShared()
                ? messages.text("pyramid.shared", step.sharedWith().size())
                : "";
    }

    private String sharers(PyramidStep step) {
        return step.isShared() ? messages.text("pyramid.sharedWith", String.join(", ", step.sharedWith())) : "";
    }

    private String spoken(PyramidStep step) {
        if (step.step().isEmpty()) {
            return messages.text("pyramid.spokenEmpty", step.words(messages));
        }
        if (step.isWritable()) {
            return messages.text("pyramid.spokenWritable", step.words(messages), size(step));
        }
        String place = step.place(messages);
        return messages.text(
                "pyramid.spoken",
                step.layer(),
                step.layers(),
                step.words(messages),
                place.isEmpty() ? size(step) : place + ". " + size(step),
                sharers(step));
    }

    private final class Cell extends ListCell<PyramidStep> {

        private final StepBlock block = new StepBlock();
        private final ZoomPane zoomed = new ZoomPane(block, zoom);
        private final ChangeListener<Object> written = (look, before, now) -> {
            if (getItem() != null && getItem().isWritable()) {
                updateItem(getItem(), isEmpty());
            }
        };

        Cell() {
            model.writable().look().addListener(new WeakChangeListener<>(written));
            setText(null);
        }

        @Override
        protected void updateItem(@Nullable PyramidStep step, boolean empty) {
            super.updateItem(step, empty);
            getStyleClass().removeAll("shared", "thin", "writable");
            if (step == null || empty) {
                setGraphic(null);
                setTooltip(null);
                setAccessibleText(null);
                setStyle("");
                return;
            }
            double height = step.isThin() ? LINE_HEIGHT : stepHeight;
            block.setPrefHeight(height - GAP);
            setStyle("-fx-cell-size: " + Math.round(height * zoom.factor().get()) + "px;");
            setAccessibleText(spoken(step));
            setTooltip(tip(step));
            if (step.isThin()) {
                getStyleClass().add("thin");
                block.showThin(step.words(messages), step.step().isEmpty() ? "" : size(step));
            } else {
                block.show(step.words(messages), size(step), shared(step), width(step));
            }
            if (step.isShared()) {
                getStyleClass().add("shared");
            }
            if (step.isWritable()) {
                getStyleClass().add("writable");
            }
            setGraphic(zoomed);
        }

        private double width(PyramidStep step) {
            return step.isWritable()
                    ? model.writable()
                            .look()
                            .get()
                            .map(look -> model.width(look.bytes()))
                            .orElse(0.0)
                    : step.width();
        }

        private Tooltip tip(PyramidStep step) {
            StringBuilder text = new StringBuilder(step.words(messages));
            if (!step.step().isEmpty()) {
                text.append('\n').append(size(step));
            }
            if (!step.step().isEmpty() && !step.isWritable()) {
                text.append('\n')
                        .append(messages.text(
                                "step.stored",
                                messages.quantities().size(step.step().storedSize())))
                        .append(FileWords.SEPARATOR)
                        .append(step.shortDiffId());
            }
            if (step.step().lines().isPresent()) {
                text.append('\n').append(step.place(messages));
            }
            step.step()
                    .createdAt()
                    .ifPresent(created -> text.append('\n')
                            .append(messages.text(
                                    "pyramid.created", messages.quantities().dateAndTime(created))));
            if (step.isShared()) {
                text.append('\n').append(sharers(step));
            }
            Tooltip tip = new Tooltip(text.toString());
            tip.setWrapText(true);
            tip.setMaxWidth(TIP_WIDTH);
            return tip;
        }
    }
}
