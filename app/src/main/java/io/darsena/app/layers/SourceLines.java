package io.darsena.app.layers;

import io.darsena.app.text.Messages;
import io.darsena.bridge.layer.DockerfileLines;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Where in a Dockerfile a layer was asked for: the place by its name, and when that is pressed, the lines that stand
/// there, in place of the instruction as the history has it. Where they are not recorded there is nothing to press.
final class SourceLines {

    private final Messages messages;
    private final Button button = new Button("", new FontIcon(Feather.FILE_TEXT));
    private final Label named = new Label();
    private final HBox place = new HBox(named, button);
    private final Label block = new Label();
    private final BooleanProperty open = new SimpleBooleanProperty();
    private final Node instruction;
    private boolean recorded;

    /// The lines are the instruction's own. Those of a base image are not: they name it.
    private boolean same;

    private boolean hasInstruction;

    /// @param id of the button; the block's and the label's are made of it
    /// @param instruction as the history has it
    SourceLines(Messages messages, String id, Node instruction) {
        this.messages = messages;
        this.instruction = instruction;
        button.getStyleClass().addAll("flat", "small", "source-place");
        button.setId(id);
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setTooltip(new Tooltip());
        button.setOnAction(pressed -> open.set(!open.get()));
        named.getStyleClass().addAll("muted", "small-text");
        named.setId(id + "-name");
        named.setMinWidth(Region.USE_PREF_SIZE);
        place.getStyleClass().add("source-head");
        block.getStyleClass().addAll("mono", "step-instruction");
        block.setId(id + "-lines");
        block.setWrapText(true);
        block.setMaxWidth(Double.MAX_VALUE);
        block.setMinHeight(Region.USE_PREF_SIZE);
        open.subscribe(this::tell);
    }

    /// The name of the place.
    Node place() {
        return place;
    }

    /// The lines, which are seen when a person wants them.
    Node block() {
        return block;
    }

    /// What was open stays so.
    ///
    /// @param instructed the history has an instruction to show
    void show(Optional<DockerfileLines> lines, boolean instructed) {
        hasInstruction = instructed;
        String words = lines.map(found -> SourceWords.place(messages, found)).orElse("");
        String text = lines.map(SourceWords::numbered).orElse("");
        recorded = !text.isEmpty();
        same = recorded && !lines.orElseThrow().base();
        button.setText(words);
        named.setText(words);
        block.setText(text);
        see(place, lines.isPresent());
        see(button, recorded);
        see(named, lines.isPresent() && !recorded);
        tell();
    }

    private void tell() {
        see(block, recorded && open.get());
        see(instruction, hasInstruction && (!same || !open.get()));
        String does = messages.text(open.get() ? "dockerfile.hide" : "dockerfile.show");
        button.getTooltip().setText(does);
        button.setAccessibleText(button.getText() + ". " + does);
    }

    private static void see(Node node, boolean seen) {
        node.setVisible(seen);
        node.setManaged(seen);
    }
}
