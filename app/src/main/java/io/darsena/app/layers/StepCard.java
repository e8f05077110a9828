package io.darsena.app.layers;

import io.darsena.app.control.CopyButton;
import io.darsena.app.text.Messages;
import java.util.Optional;
import javafx.geometry.Orientation;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
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

    private final Messages messages;
    private final Label title = new Label();
    private final Label instruction = new Label();
    private final SourceLines source;
    private final Label facts = new Label();
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
        facts.getStyleClass().addAll("muted", "small-text");
        facts.setWrapText(true);
        facts.setMinHeight(Region.USE_PREF_SIZE);
        facts.setId("step-facts");
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
        facts.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(facts, Priority.ALWAYS);
        source = new SourceLines(messages, "step-source", instruction);
        HBox head = new HBox(title, facts, copy);
        head.getStyleClass().add("step-head");
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
        copy.setVisible(!step.isWritable());
        copy.setManaged(!step.isWritable());
        facts.setText(facts(step, counted));
        sharers.setText(step.isShared() ? messages.text("step.sharedWith", String.join(", ", step.sharedWith())) : "");
        sharers.setVisible(step.isShared());
        sharers.setManaged(step.isShared());
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
