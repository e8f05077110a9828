package io.darsena.app.layers;

import io.darsena.app.control.CopyButton;
import io.darsena.app.text.Messages;
import io.darsena.app.text.PlainText;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The chosen row of the waste in words: why it is one, what usually mends it, and the instruction that brought it.
final class WasteCard extends ScrollPane {

    private final WasteWords words;
    private final Label title = new Label();
    private final Label hint = wrapped();
    private final Label cure = wrapped();
    private final HBox cureLine;
    private final Label copies = wrapped();
    private final Label instruction = wrapped();
    private final SourceLines source;
    private @Nullable WasteRow shown;

    /// @param open shows the file that a row is about in its layer
    WasteCard(Messages messages, WasteWords words, Consumer<WasteRow> open) {
        this.words = words;
        title.getStyleClass().addAll("strong", "mono");
        title.setMinWidth(0);
        hint.setGraphic(new FontIcon(Feather.TOOL));
        hint.getStyleClass().add("waste-hint");
        hint.setId("waste-hint");
        cure.getStyleClass().add("mono");
        cure.setId("waste-cure");
        cureLine = new HBox(cure, new CopyButton(messages.text("step.copyCure"), cure::getText));
        cureLine.getStyleClass().add("step-cure");
        copies.getStyleClass().addAll("mono", "muted");
        instruction.getStyleClass().addAll("mono", "step-instruction");
        instruction.setMaxWidth(Double.MAX_VALUE);
        Button layer = new Button(messages.text("waste.open"));
        layer.getStyleClass().add("small");
        layer.setId("waste-open");
        layer.setMinWidth(Region.USE_PREF_SIZE);
        layer.setOnAction(event -> {
            if (shown != null) {
                open.accept(shown);
            }
        });
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        source = new SourceLines(messages, "waste-source", instruction);
        CopyButton copy = new CopyButton(messages.text("step.copyInstruction"), instruction::getText);
        HBox head = new HBox(title, gap, source.place(), layer, copy);
        copy.visibleProperty().bind(instruction.textProperty().isNotEmpty());
        copy.managedProperty().bind(copy.visibleProperty());
        head.getStyleClass().add("step-head");
        VBox card = new VBox(head, hint, cureLine, copies, instruction, source.block());
        card.getStyleClass().add("step-card");
        setContent(card);
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        getStyleClass().add("step-scroll");
        setFocusTraversable(false);
    }

    private static Label wrapped() {
        Label label = new Label();
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    void show(WasteRow row) {
        shown = row;
        title.setText(PlainText.path(row.path()));
        hint.setText(words.hint(row));
        say(cure, cureLine, words.cure(row));
        say(copies, copies, words.copies(row));
        String made = words.instruction(row);
        instruction.setText(made);
        source.show(words.lines(row), !made.isEmpty());
        setVvalue(0);
    }

    private static void say(Label label, Region line, String text) {
        label.setText(text);
        line.setVisible(!text.isEmpty());
        line.setManaged(!text.isEmpty());
    }
}
