package io.darsena.app.layers;

import io.darsena.app.text.Messages;
import io.darsena.app.theme.Zoom;
import io.darsena.app.theme.ZoomPane;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.WeakChangeListener;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/// The steps of an image on each other, the base at the bottom: the wider the more bytes. What only changed the
/// configuration is a thin line; on top may lie the writable layer of a container. Arrow keys go up and down,
/// Enter goes to the files, and [PyramidZoom] hears how large it is to be drawn.
final class PyramidView extends ListView<PyramidStep> {

    /// As in the style sheet.
    private static final double STEP_HEIGHT = 47;

    private static final double LINE_HEIGHT = 21;
    private static final double TIP_WIDTH = 560;

    private final Messages messages;
    private final LayersViewModel model;
    private final Zoom zoom;

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
        model.chosen().subscribe(step -> {
            if (step == null) {
                getSelectionModel().clearSelection();
            } else if (!step.equals(getSelectionModel().getSelectedItem())) {
                getSelectionModel().select(step);
                scrollTo(Math.max(0, getItems().indexOf(step) - 1));
            }
        });
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

    private String spoken(PyramidStep step) {
        if (step.step().isEmpty()) {
            return messages.text("pyramid.spokenEmpty", step.words(messages));
        }
        if (step.isWritable()) {
            return messages.text("pyramid.spokenWritable", step.words(messages), size(step));
        }
        return messages.text(
                "pyramid.spoken", step.layer(), step.layers(), step.words(messages), size(step), shared(step));
    }

    private final class Cell extends ListCell<PyramidStep> {

        private final StepBlock block = new StepBlock();
        private final Region line = new Region();
        private final Label lineWords = new Label();
        private final HBox thin;
        private final ZoomPane zoomedBlock = new ZoomPane(block, zoom);
        private final ZoomPane zoomedLine;
        private final ChangeListener<Object> written = (look, before, now) -> {
            if (getItem() != null && getItem().isWritable()) {
                updateItem(getItem(), isEmpty());
            }
        };

        Cell() {
            model.writable().look().addListener(new WeakChangeListener<>(written));
            lineWords.setTextOverrun(OverrunStyle.ELLIPSIS);
            lineWords.setMinWidth(0);
            lineWords.getStyleClass().add("step-line-words");
            line.getStyleClass().add("step-line");
            thin = new HBox(line, lineWords);
            thin.getStyleClass().add("step-thin");
            thin.setMinWidth(0);
            thin.setPrefWidth(0);
            HBox.setHgrow(lineWords, Priority.ALWAYS);
            zoomedLine = new ZoomPane(thin, zoom);
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
            double height = step.step().isEmpty() ? LINE_HEIGHT : STEP_HEIGHT;
            setStyle("-fx-cell-size: " + Math.round(height * zoom.factor().get()) + "px;");
            setAccessibleText(spoken(step));
            setTooltip(tip(step));
            if (step.step().isEmpty()) {
                getStyleClass().add("thin");
                lineWords.setText(step.words(messages));
                setGraphic(zoomedLine);
                return;
            }
            if (step.isShared()) {
                getStyleClass().add("shared");
            }
            if (step.isWritable()) {
                getStyleClass().add("writable");
            }
            block.show(step.words(messages), size(step), shared(step), width(step));
            setGraphic(zoomedBlock);
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
                                messages.quantities().size(step.step().storedSize()),
                                step.shortDiffId()));
            }
            step.step()
                    .createdAt()
                    .ifPresent(created -> text.append('\n')
                            .append(messages.text(
                                    "pyramid.created", messages.quantities().dateAndTime(created))));
            if (step.isShared()) {
                text.append('\n').append(messages.text("pyramid.sharedWith", String.join(", ", step.sharedWith())));
            }
            Tooltip tip = new Tooltip(text.toString());
            tip.setWrapText(true);
            tip.setMaxWidth(TIP_WIDTH);
            return tip;
        }
    }
}
