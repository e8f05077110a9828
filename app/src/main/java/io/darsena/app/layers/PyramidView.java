package io.darsena.app.layers;

import io.darsena.app.text.Messages;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Polygon;
import javafx.scene.shape.Rectangle;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The steps of an image on each other, the base at the bottom: the wider the more bytes. What only changed the
/// configuration is a thin line. Arrow keys go up and down.
final class PyramidView extends ListView<PyramidStep> {

    private static final double NARROWEST = 0.24;
    private static final double SLANT = 14;
    private static final double HEIGHT = 44;
    private static final double MARGIN = 12;
    private static final double FOOT = 2;

    private final Messages messages;

    PyramidView(Messages messages, LayersViewModel model) {
        this.messages = messages;
        getStyleClass().add("pyramid");
        setId("pyramid");
        setAccessibleText(messages.text("pyramid.title"));
        setItems(model.steps());
        setCellFactory(list -> new Cell());
        setPlaceholder(new Region());
        getSelectionModel().selectedItemProperty().subscribe(step -> {
            if (step != null) {
                model.chosen().set(step);
            }
        });
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
        return messages.text(
                "pyramid.spoken", step.layer(), step.layers(), step.words(messages), size(step), shared(step));
    }

    private final class Cell extends ListCell<PyramidStep> {

        private final Label title = new Label();
        private final Label facts = new Label();
        private final Label shared = new Label("", new FontIcon(Feather.LINK));
        private final Polygon shape = new Polygon();
        private final Rectangle foot = new Rectangle();
        private final Region line = new Region();
        private final Label lineWords = new Label();
        private final StackPane block;
        private final HBox thin;

        Cell() {
            for (Label each : new Label[] {title, lineWords}) {
                each.setTextOverrun(OverrunStyle.ELLIPSIS);
                each.setMinWidth(0);
            }
            title.getStyleClass().add("step-title");
            facts.getStyleClass().add("step-facts");
            shared.getStyleClass().add("step-facts");
            lineWords.getStyleClass().add("step-line-words");
            shape.getStyleClass().add("step-shape");
            shape.setManaged(false);
            foot.getStyleClass().add("step-foot");
            foot.setManaged(false);
            foot.setHeight(FOOT);
            foot.setY(HEIGHT - FOOT);
            line.getStyleClass().add("step-line");
            HBox second = new HBox(facts, shared);
            second.getStyleClass().add("step-second");
            VBox words = new VBox(title, second);
            words.setAlignment(Pos.CENTER);
            words.setMouseTransparent(true);
            block = new StackPane(shape, foot, words);
            block.setMinHeight(HEIGHT);
            block.setPrefHeight(HEIGHT);
            block.setMinWidth(0);
            block.setPrefWidth(0);
            block.widthProperty().subscribe(this::draw);
            thin = new HBox(line, lineWords);
            thin.getStyleClass().add("step-thin");
            thin.setMinWidth(0);
            thin.setPrefWidth(0);
            HBox.setHgrow(lineWords, Priority.ALWAYS);
            setText(null);
        }

        @Override
        protected void updateItem(@Nullable PyramidStep step, boolean empty) {
            super.updateItem(step, empty);
            getStyleClass().removeAll("shared", "thin");
            if (step == null || empty) {
                setGraphic(null);
                setTooltip(null);
                setAccessibleText(null);
                return;
            }
            setAccessibleText(spoken(step));
            setTooltip(tip(step));
            if (step.step().isEmpty()) {
                getStyleClass().add("thin");
                lineWords.setText(step.words(messages));
                setGraphic(thin);
                return;
            }
            if (step.isShared()) {
                getStyleClass().add("shared");
            }
            title.setText(step.words(messages));
            facts.setText(size(step));
            shared.setText(shared(step));
            shared.setVisible(step.isShared());
            shared.setManaged(step.isShared());
            setGraphic(block);
            draw();
        }

        private Tooltip tip(PyramidStep step) {
            StringBuilder text = new StringBuilder(step.words(messages));
            if (!step.step().isEmpty()) {
                text.append('\n').append(size(step));
            }
            if (step.isShared()) {
                text.append('\n').append(messages.text("pyramid.sharedWith", String.join(", ", step.sharedWith())));
            }
            Tooltip tip = new Tooltip(text.toString());
            tip.setWrapText(true);
            tip.setMaxWidth(560);
            return tip;
        }

        /// In the middle of the cell, narrower at the top.
        private void draw() {
            Optional<PyramidStep> step = Optional.ofNullable(getItem());
            double whole = block.getWidth();
            if (step.isEmpty() || whole <= 0) {
                return;
            }
            double wide = Math.max(NARROWEST, step.get().width()) * (whole - 2 * MARGIN);
            double left = (whole - wide) / 2;
            double slant = Math.min(SLANT, wide / 6);
            shape.getPoints().setAll(left + slant, 0.0, left + wide - slant, 0.0, left + wide, HEIGHT, left, HEIGHT);
            foot.setX(left);
            foot.setWidth(wide);
        }
    }
}
