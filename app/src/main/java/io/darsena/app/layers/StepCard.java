package io.darsena.app.layers;

import io.darsena.app.control.CopyButton;
import io.darsena.app.text.Messages;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The chosen step in words: which one it is, what it did, its instruction whole, and what would make it smaller. It is
/// as high as its words, up to a limit; beyond that they scroll.
final class StepCard extends ScrollPane {

    /// A line for which step it is, and one for its instruction.
    private static final double LEAST_HEIGHT = 80;

    /// What it would take if it could: a box gives its parts no more than they want when it asks how high they are.
    private static final double ONE_LINE = 4000;

    private final Messages messages;
    private final Label title = new Label();
    private final Label instruction = new Label();
    private final SourceLines source;
    private final Label sentence = new Label();
    private final Label counts = new Label();
    private final Label stored = new Label();
    private final Label diffId = new Label();
    private final FlowPane facts = new FlowPane(counts, stored, diffId);
    private final Label sharers = new Label("", new FontIcon(Feather.COPY));
    private final Label hint = new Label("", new FontIcon(Feather.ALERT_TRIANGLE));
    private final Label cure = new Label();
    private final HBox cureLine;
    private final CopyButton copy;
    private final VBox card;
    private double most = LEAST_HEIGHT;
    private String words = "";
    private String cureWords = "";

    StepCard(Messages messages, LayersViewModel model) {
        this.messages = messages;
        title.getStyleClass().add("strong");
        title.setMinWidth(Region.USE_PREF_SIZE);
        instruction.getStyleClass().addAll("mono", "step-instruction");
        instruction.setWrapText(true);
        instruction.setMaxWidth(Double.MAX_VALUE);
        instruction.setMinHeight(Region.USE_PREF_SIZE);
        sentence.setId("step-sentence");
        sentence.getStyleClass().addAll("muted", "small-text");
        sentence.setWrapText(true);
        sentence.setMinHeight(Region.USE_PREF_SIZE);
        sentence.setMaxWidth(Double.MAX_VALUE);
        counts.setId("step-counts");
        stored.setId("step-stored");
        diffId.setId("step-diff-id");
        for (Label fact : List.of(counts, stored)) {
            fact.getStyleClass().addAll("muted", "small-text");
        }
        diffId.getStyleClass().addAll("muted", "mono");
        facts.getStyleClass().add("step-facts-line");
        facts.setMinHeight(Region.USE_PREF_SIZE);
        facts.setPrefWrapLength(ONE_LINE);
        sharers.getStyleClass().addAll("muted", "small-text", "step-sharers");
        sharers.setWrapText(true);
        sharers.setMinHeight(Region.USE_PREF_SIZE);
        sharers.setId("step-sharers");
        hint.getStyleClass().add("step-hint");
        hint.setWrapText(true);
        hint.setMinHeight(Region.USE_PREF_SIZE);
        cure.getStyleClass().add("mono");
        cure.setWrapText(true);
        cure.setMinHeight(Region.USE_PREF_SIZE);
        cureLine = new HBox(cure, new CopyButton(messages.text("step.copyCure"), () -> cureWords));
        cureLine.getStyleClass().add("step-cure");
        copy = new CopyButton(messages.text("step.copyInstruction"), () -> words);
        source = new SourceLines(messages, "step-source", instruction);
        HBox said = new HBox(title, sentence, facts);
        said.getStyleClass().add("step-words");
        HBox head = new HBox(said, copy);
        head.getStyleClass().add("step-head");
        for (Region growing : List.of(sentence, facts, said)) {
            HBox.setHgrow(growing, Priority.ALWAYS);
        }
        card = new VBox(head, source.place(), instruction, source.block(), sharers, hint, cureLine);
        card.getStyleClass().add("step-card");
        setContent(card);
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        getStyleClass().add("step-scroll");
        setFocusTraversable(false);
        model.chosen().subscribe(step -> show(step, model.facts().get()));
        model.facts().subscribe(counted -> show(model.chosen().get(), counted));
    }

    /// It takes no more height than this.
    void most(double height) {
        most = Math.max(LEAST_HEIGHT, height);
        requestLayout();
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    @Override
    protected double computePrefHeight(double width) {
        return Math.min(most, snapSizeY(card.prefHeight(width)) + snappedTopInset() + snappedBottomInset());
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
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
        source.show(step.step().lines(), !step.isWritable());
        show(copy, !step.isWritable());
        boolean layer = !step.isWritable() && !step.step().isEmpty();
        if (layer) {
            showFacts(step, counted);
        } else {
            sentence.setText(sentence(step, counted));
        }
        show(sentence, !layer);
        show(facts, layer);
        sharers.setText(step.isShared() ? messages.text("step.sharedWith", String.join(", ", step.sharedWith())) : "");
        show(sharers, step.isShared());
        // What a container has cached is no layer of an image.
        Optional<StepFacts.Cache> cache =
                counted.filter(known -> !step.isWritable()).flatMap(StepFacts::cache);
        cache.ifPresent(left -> {
            hint.setText(messages.text("step.cache", messages.quantities().size(left.bytes())));
            cureWords = left.cure();
            cure.setText(cureWords);
        });
        for (Region part : new Region[] {hint, cureLine}) {
            show(part, cache.isPresent());
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

    private static void show(Node part, boolean shown) {
        part.setVisible(shown);
        part.setManaged(shown);
    }

    private String sentence(PyramidStep step, Optional<StepFacts> counted) {
        return step.isWritable()
                ? counted.map(each -> counts(each) + FileWords.SEPARATOR).orElse("") + messages.text("step.writable")
                : messages.text("step.nothing");
    }

    /// Each on its own, so that a line which ends does not break one.
    private void showFacts(PyramidStep step, Optional<StepFacts> counted) {
        counts.setText(counted.map(this::counts).orElse(""));
        show(counts, counted.isPresent());
        stored.setText(messages.text(
                "step.stored", messages.quantities().size(step.step().storedSize())));
        diffId.setText(step.shortDiffId());
    }

    private String counts(StepFacts counted) {
        return messages.text("step.counts", counted.added(), counted.changed(), counted.removed());
    }
}
