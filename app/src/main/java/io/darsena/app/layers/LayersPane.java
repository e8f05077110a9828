package io.darsena.app.layers;

import io.darsena.app.control.EmptyState;
import io.darsena.app.control.FailureBanner;
import io.darsena.app.files.FileHand;
import io.darsena.app.screen.SceneLife;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.session.FxPump;
import io.darsena.app.text.Messages;
import java.util.Locale;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.SplitPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// The pyramid in all its height, and beside it the chosen step in words above that step's files.
public final class LayersPane extends VBox {

    private static final double PYRAMID_SHARE = 0.46;

    /// No more of the height than this is for words: the rest is for files.
    private static final double WORDS_SHARE = 0.45;

    private final WindowContext context;
    private final Messages messages;
    private final LayersViewModel model;
    private final FileHand hand;
    private final ExplorerTable files;

    /// @param seen whether it is the pane that is shown where it lies
    public LayersPane(WindowContext context, LayersViewModel model, FileHand hand, ObservableValue<Boolean> seen) {
        this.context = context;
        this.messages = context.messages();
        this.model = model;
        this.hand = hand;
        this.files = new ExplorerTable(messages, model.rows(), hand, model::source);
        files.offerInstructions(
                layer -> model.step(layer).map(step -> step.words(messages)).orElse(""));
        getStyleClass().add("layers-pane");
        PyramidPane pyramid = new PyramidPane(messages, model, files::requestFocus);
        SplitPane both = new SplitPane(pyramid, chosen());
        both.setDividerPositions(PYRAMID_SHARE);
        VBox.setVgrow(both, Priority.ALWAYS);
        getChildren()
                .addAll(
                        new FailureBanner(messages, model.place()),
                        new FailureBanner(messages, model.writable().place()),
                        both);
        SceneLife.of(this).during(model::follow).whileSeen(() -> {
            FxPump.Ticking listening = SceneLife.listen(seen, model.writable()::seen);
            return () -> {
                listening.close();
                model.writable().seen(false);
            };
        });
    }

    private Node chosen() {
        StepCard card = new StepCard(messages, model);
        VBox explorer = explorer();
        VBox.setVgrow(explorer, Priority.ALWAYS);
        VBox pane = new VBox(card, explorer);
        pane.getStyleClass().add("chosen-step");
        pane.setMinWidth(0);
        pane.heightProperty().subscribe(height -> card.most(height.doubleValue() * WORDS_SHARE));
        return pane;
    }

    private VBox explorer() {
        files.setPlaceholder(placeholder());
        VBox.setVgrow(files, Priority.ALWAYS);
        ProgressBar reading = new ProgressBar();
        reading.getStyleClass().add("reading");
        reading.setMaxWidth(Double.MAX_VALUE);
        reading.visibleProperty().bind(model.reading());
        VBox pane = new VBox(
                tools(),
                new FailureBanner(messages, model.hidingPlace()),
                new FailureBanner(messages, hand.place()),
                hand.strip(),
                reading,
                files);
        pane.getStyleClass().add("explorer-pane");
        pane.setMinSize(0, 0);
        pane.setPrefHeight(0);
        return pane;
    }

    private Node placeholder() {
        EmptyState nothing = new EmptyState(
                Feather.FILE, messages.text("explorer.empty.title"), messages.text("explorer.empty.words"));
        EmptyState configuration =
                new EmptyState(Feather.SLIDERS, messages.text("step.configuration"), messages.text("step.nothing"));
        EmptyState unfound = new EmptyState(
                Feather.SEARCH, messages.text("explorer.unfound.title"), messages.text("explorer.unfound.words"));
        StackPane place = new StackPane(nothing, configuration, unfound);
        Runnable choose = () -> {
            boolean quiet = model.reading().get() || model.chosen().get() == null;
            boolean empty = !quiet
                    && model.chosen().get().step().isEmpty()
                    && model.scope().get() != Scope.IMAGE;
            boolean sought = !quiet && !empty && !model.sought().isOpen();
            configuration.setVisible(empty);
            unfound.setVisible(sought);
            nothing.setVisible(!quiet && !empty && !sought);
        };
        model.reading().subscribe(choose);
        model.chosen().subscribe(choose);
        model.scope().subscribe(choose);
        model.sought().filter().subscribe(choose);
        return place;
    }

    private Node tools() {
        ToggleGroup group = new ToggleGroup();
        HBox scopes = new HBox();
        scopes.getStyleClass().add("segments");
        for (Scope scope : Scope.values()) {
            ToggleButton button = new ToggleButton(messages.text("scope." + scope.name()));
            button.getStyleClass().add("segment");
            button.setId("scope-" + scope.name().toLowerCase(Locale.ROOT));
            button.setToggleGroup(group);
            button.setUserData(scope);
            button.setMinWidth(Region.USE_PREF_SIZE);
            scopes.getChildren().add(button);
        }
        model.scope()
                .subscribe(scope -> group.getToggles().stream()
                        .filter(toggle -> toggle.getUserData() == scope)
                        .forEach(group::selectToggle));
        group.selectedToggleProperty().addListener((chosen, before, now) -> {
            if (now == null) {
                before.setSelected(true);
            } else {
                model.scope().set((Scope) now.getUserData());
            }
        });
        FlowPane tools = new FlowPane(
                scopes,
                new FileFilterBox(messages, model.sought().words(), files),
                new SoughtBox(messages, model.sought(), files),
                changed(),
                new ColumnsButton(context, "layers", files),
                new FoundLabel(messages, model.rows(), model.sought()));
        tools.getStyleClass().add("explorer-tools");
        return tools;
    }

    /// Of the layer alone nothing else is shown anyway.
    private Node changed() {
        ToggleButton changed = new ToggleButton(messages.text("files.onlyChanged"));
        changed.getStyleClass().add("chip");
        changed.setId("only-changed");
        changed.setMinWidth(Region.USE_PREF_SIZE);
        changed.setTooltip(new Tooltip(messages.text("explorer.onlyChanged.more")));
        changed.selectedProperty().bindBidirectional(model.onlyChanged());
        model.scope().subscribe(scope -> {
            changed.setVisible(scope != Scope.LAYER);
            changed.setManaged(scope != Scope.LAYER);
        });
        return changed;
    }
}
