package io.darsena.app.containers.summary;

import io.darsena.app.containers.item.ContainerActions;
import io.darsena.app.containers.item.TriggerWords;
import io.darsena.app.control.StateBadge;
import io.darsena.app.text.Messages;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.container.Lifecycle;
import io.darsena.bridge.container.Lifecycle.Transition;
import io.darsena.bridge.container.Lifecycle.Trigger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import javafx.animation.PathTransition;
import javafx.scene.Node;
import javafx.scene.layout.Pane;
import javafx.scene.shape.Circle;
import javafx.util.Duration;

/// The life of a container as a state machine that acts: the current state is lit, the way it came is green, and every
/// arrow that is possible now carries buttons. The arrows are those of [Lifecycle#transitions].
public final class LifecycleDiagram extends Pane {

    private static final Duration JOURNEY = Duration.millis(600);

    private final Messages messages;
    private final BooleanSupplier moves;
    private final Map<ContainerStatus, StateNode> states = new EnumMap<>(ContainerStatus.class);
    private final List<Arrow> arrows = new ArrayList<>();
    private final Circle token = new Circle(6);
    private Optional<Container> shown = Optional.empty();

    /// @param moves whether a token may travel along an arrow; asked each time
    /// @param ask what happens when an arrow is asked for
    public LifecycleDiagram(Messages messages, BooleanSupplier moves, BiConsumer<Trigger, Container> ask) {
        this.messages = messages;
        this.moves = moves;
        getStyleClass().add("lifecycle");
        for (ContainerStatus status : ContainerStatus.values()) {
            states.put(status, new StateNode(messages, status));
        }
        Map<ContainerStatus, Map<ContainerStatus, List<Trigger>>> table = Lifecycle.transitions().stream()
                .collect(Collectors.groupingBy(
                        Transition::from,
                        LinkedHashMap::new,
                        Collectors.groupingBy(
                                Transition::to,
                                LinkedHashMap::new,
                                Collectors.mapping(Transition::trigger, Collectors.toList()))));
        table.forEach((from, ways) -> ways.forEach((to, triggers) -> arrows.add(new Arrow(
                messages,
                from,
                to,
                triggers,
                trigger -> shown.ifPresent(container -> ask.accept(trigger, container))))));
        token.getStyleClass().add("token");
        token.setManaged(false);
        token.setVisible(false);
        arrows.forEach(arrow -> getChildren().addAll(arrow.line(), arrow.head()));
        getChildren().addAll(states.values());
        arrows.forEach(arrow -> getChildren().addAll(arrow.words(), arrow.pills()));
        getChildren().add(token);
    }

    /// The drawn arrows, for whoever wants to know whether the whole table is drawn.
    List<Arrow> arrows() {
        return arrows;
    }

    /// @param since words for how long the present state lasts
    public void show(Container container, String since) {
        Optional<Container> before = shown.filter(other -> other.id().equals(container.id()));
        boolean hadFocus = isFocused()
                || arrows.stream().anyMatch(arrow -> arrow.buttons().stream().anyMatch(Node::isFocused));
        shown = Optional.of(container);
        Visits visits = new Visits(container, messages.quantities());
        states.forEach((status, node) -> {
            if (status == container.status()) {
                node.light(StateBadge.tone(container.state(), container.activity()), since);
            } else {
                node.dim(visits.words(status));
            }
        });
        arrows.forEach(arrow -> show(arrow, container, visits));
        bringToFront(container);
        requestLayout();
        before.filter(other -> other.status() != container.status())
                .ifPresent(other -> travel(other.status(), container.status()));
        if (hadFocus) {
            focusPossible();
        }
    }

    /// Says how long the present state has lasted, without drawing anything else anew.
    void say(String since) {
        shown.ifPresent(container ->
                state(container.status()).light(StateBadge.tone(container.state(), container.activity()), since));
    }

    private void show(Arrow arrow, Container container, Visits visits) {
        boolean possible = arrow.from() == container.status()
                && container.activity().isEmpty()
                && arrow.triggers().stream().anyMatch(trigger -> ContainerActions.allows(container, trigger));
        arrow.show(possible, visits.went(arrow.from(), arrow.to()), visits.how(messages, arrow.from(), arrow.to()));
        arrow.buttons()
                .forEach(pill -> pill.setAccessibleText(messages.text(
                        "action.named", TriggerWords.verb(messages, (Trigger) pill.getUserData()), container.name())));
    }

    /// Ways may lie upon each other: first those that were not taken, then those taken, then those possible.
    private void bringToFront(Container container) {
        List<Node> order = new ArrayList<>();
        arrows.stream()
                .sorted((one, other) -> Integer.compare(weight(one, container), weight(other, container)))
                .forEach(arrow -> order.addAll(List.of(arrow.line(), arrow.head())));
        for (int i = order.size() - 1; i >= 0; i--) {
            order.get(i).toBack();
        }
    }

    private int weight(Arrow arrow, Container container) {
        if (arrow.pills().isVisible()) {
            return 2;
        }
        return new Visits(container, messages.quantities()).went(arrow.from(), arrow.to()) ? 1 : 0;
    }

    /// Whoever asked by keyboard goes on by keyboard. While nothing is possible the diagram keeps the focus
    /// itself: else it would wander to whatever comes next, and the page would scroll there.
    private void focusPossible() {
        boolean kept = arrows.stream()
                .filter(arrow -> arrow.pills().isVisible())
                .anyMatch(arrow -> arrow.buttons().stream().anyMatch(Node::isFocused));
        if (!kept) {
            arrows.stream()
                    .filter(arrow -> arrow.pills().isVisible())
                    .findFirst()
                    .<Node>map(arrow -> arrow.buttons().getFirst())
                    .orElse(this)
                    .requestFocus();
        }
    }

    private void travel(ContainerStatus from, ContainerStatus to) {
        if (!moves.getAsBoolean() || getScene() == null) {
            return;
        }
        arrows.stream()
                .filter(arrow -> arrow.from() == from && arrow.to() == to)
                .findFirst()
                .ifPresent(arrow -> {
                    layoutChildren();
                    PathTransition journey = new PathTransition(JOURNEY, arrow.line(), token);
                    token.setVisible(true);
                    journey.setOnFinished(end -> token.setVisible(false));
                    journey.play();
                });
    }

    @Override
    protected void layoutChildren() {
        DiagramLayout layout = new DiagramLayout(getWidth());
        states.forEach((status, node) -> {
            DiagramLayout.Box box = layout.box(status);
            node.resizeRelocate(Math.round(box.x()), box.y(), Math.round(box.width()), box.height());
        });
        List<Route> laid = new ArrayList<>();
        for (Arrow arrow : arrows) {
            Route route = layout.route(arrow.from(), arrow.to(), arrow.wordsWidth());
            arrow.lay(route, arrow.isQuiet() && laid.stream().anyMatch(route::joins));
            laid.add(route);
        }
    }

    @Override
    protected double computeMinWidth(double height) {
        return DiagramLayout.LEAST_WIDTH;
    }

    @Override
    protected double computePrefWidth(double height) {
        return DiagramLayout.LEAST_WIDTH;
    }

    @Override
    protected double computePrefHeight(double width) {
        return DiagramLayout.HEIGHT;
    }

    @Override
    protected double computeMinHeight(double width) {
        return DiagramLayout.HEIGHT;
    }

    StateNode state(ContainerStatus status) {
        return Objects.requireNonNull(states.get(status));
    }
}
