package io.darsena.app.layers;

import io.darsena.app.control.CopyButton;
import io.darsena.app.text.Messages;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The chosen step in words: which one it is, its instruction whole, what it did, and what would make it smaller.
final class StepCard extends ScrollPane {

    private final Messages messages;
    private final Label title = new Label();
    private final Label instruction = new Label();
    private final Label facts = new Label();
    private final Label hint = new Label("", new FontIcon(Feather.ALERT_TRIANGLE));
    private final Label cure = new Label();
    private final HBox cureLine;
    private final CopyButton copy;
    private String words = "";
    private String cureWords = "";

    StepCard(Messages messages, LayersViewModel model) {
        this.messages = messages;
        title.getStyleClass().add("strong");
        instruction.getStyleClass().addAll("mono", "step-instruction");
        instruction.setWrapText(true);
        instruction.setMaxWidth(Double.MAX_VALUE);
        instruction.setMinHeight(Region.USE_PREF_SIZE);
        facts.getStyleClass().add("muted");
        facts.setWrapText(true);
        facts.setMinHeight(Region.USE_PREF_SIZE);
        facts.setId("step-facts");
        hint.getStyleClass().add("step-hint");
        hint.setWrapText(true);
        hint.setMinHeight(Region.USE_PREF_SIZE);
        cure.getStyleClass().add("mono");
        cure.setWrapText(true);
        cure.setMinHeight(Region.USE_PREF_SIZE);
        cureLine = new HBox(cure, new CopyButton(messages.text("step.copyCure"), () -> cureWords));
        cureLine.getStyleClass().add("step-cure");
        copy = new CopyButton(messages.text("step.copyInstruction"), () -> words);
        HBox head = new HBox(title, gap(), copy);
        head.getStyleClass().add("step-head");
        VBox card = new VBox(head, facts, instruction, hint, cureLine);
        card.getStyleClass().add("step-card");
        setContent(card);
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        getStyleClass().add("step-scroll");
        setFocusTraversable(false);
        model.chosen().subscribe(step -> show(step, model.facts().get()));
        model.facts().subscribe(counted -> show(model.chosen().get(), counted));
    }

    private static Region gap() {
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        return gap;
    }

    private void show(@Nullable PyramidStep step, Optional<StepFacts> counted) {
        setVisible(step != null);
        setManaged(step != null);
        if (step == null) {
            return;
        }
        words = step.instruction();
        title.setText(title(step));
        instruction.setText(step.words(messages));
        for (Node part : new Node[] {copy, instruction}) {
            part.setVisible(!step.isWritable());
            part.setManaged(!step.isWritable());
        }
        facts.setText(facts(step, counted));
        facts.setVisible(!facts.getText().isEmpty());
        facts.setManaged(!facts.getText().isEmpty());
        // What a container has cached is no layer of an image.
        Optional<StepFacts.Cache> cache =
                counted.filter(known -> !step.isWritable()).flatMap(StepFacts::cache);
        cache.ifPresent(left -> {
            hint.setText(messages.text("step.cache", messages.quantities().size(left.bytes())));
            cureWords = left.cure();
            cure.setText(cureWords);
        });
        for (Region part : new Region[] {hint, cureLine}) {
            part.setVisible(cache.isPresent());
            part.setManaged(cache.isPresent());
        }
    }

    private String title(PyramidStep step) {
        if (step.isWritable()) {
            return step.words(messages);
        }
        return step.step().isEmpty()
                ? messages.text("step.configuration")
                : messages.text("step.layer", step.layer(), step.layers());
    }

    private String facts(PyramidStep step, Optional<StepFacts> counted) {
        if (step.isWritable()) {
            return counted.map(each ->
                                    messages.text("step.counts", each.added(), each.changed(), each.removed()) + " · ")
                            .orElse("")
                    + messages.text("step.writable");
        }
        if (step.step().isEmpty()) {
            return messages.text("step.nothing");
        }
        String stored = messages.text(
                "step.stored", messages.quantities().size(step.step().storedSize()), step.shortDiffId());
        return counted.map(each ->
                        messages.text("step.counts", each.added(), each.changed(), each.removed()) + " · " + stored)
                .orElse(stored);
    }
}
