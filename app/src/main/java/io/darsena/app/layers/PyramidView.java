package io.darsena.app.layers;

import io.darsena.app.text.Messages;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/// The steps of an image on each other, the base at the bottom: the wider the more bytes. What only changed the
/// configuration is a thin line. Arrow keys go up and down.
final class PyramidView extends ListView<PyramidStep> {

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

        private final StepBlock block = new StepBlock();
        private final Region line = new Region();
        private final Label lineWords = new Label();
        private final HBox thin;

        Cell() {
            lineWords.setTextOverrun(OverrunStyle.ELLIPSIS);
            lineWords.setMinWidth(0);
            lineWords.getStyleClass().add("step-line-words");
            line.getStyleClass().add("step-line");
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
            block.show(step.words(messages), size(step), shared(step), step.width());
            setGraphic(block);
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
    }
}
