package io.darsena.app.containers.summary;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.ToolkitStart;
import io.darsena.app.containers.summary.DiagramLayout.Box;
import io.darsena.app.text.Messages;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.Container.HistoryEntry;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.ContainerState;
import io.darsena.bridge.container.ContainerState.ExitCause;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.container.Lifecycle;
import io.darsena.bridge.container.Lifecycle.Transition;
import io.darsena.bridge.container.Lifecycle.Trigger;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import javafx.scene.control.Button;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class LifecycleDiagramTest {

    private static final Instant THEN = Instant.parse("2026-01-01T12:00:00Z");

    private final List<Trigger> asked = new ArrayList<>();
    private final LifecycleDiagram diagram = ToolkitStart.onFxThread(() ->
            new LifecycleDiagram(Messages.in(Locale.ENGLISH), () -> false, (trigger, container) -> asked.add(trigger)));

    static Stream<Transition> requests() {
        return Lifecycle.transitions().stream()
                .filter(transition -> transition.trigger().isRequest());
    }

    private static ContainerState state(ContainerStatus status) {
        return switch (status) {
            case CREATED -> new ContainerState.Created(THEN);
            case RUNNING -> new ContainerState.Running(4721, THEN);
            case PAUSED -> new ContainerState.Paused(4721, THEN, THEN);
            case RESTARTING -> new ContainerState.Restarting(THEN);
            case EXITED -> new ContainerState.Exited(0, OptionalInt.empty(), ExitCause.ENDED, THEN, THEN);
            case REMOVING -> new ContainerState.Removing(THEN);
            case DEAD -> new ContainerState.Dead("its files are busy", THEN);
        };
    }

    private static Container container(
            ContainerStatus status, Optional<Container.Activity> activity, List<HistoryEntry> history) {
        return new Container(
                new ContainerId("a".repeat(64)),
                "web-1",
                ContainerSpec.of("busybox"),
                new ImageId(new Digest("b".repeat(64))),
                "busybox:latest",
                List.of("sh"),
                state(status),
                activity,
                THEN,
                1,
                history,
                List.of(),
                Optional.empty());
    }

    private void show(ContainerStatus status) {
        show(container(status, Optional.empty(), List.of()));
    }

    private void show(Container container) {
        ToolkitStart.onFxThread(() -> {
            diagram.show(container, "now");
            return true;
        });
    }

    private List<Button> offered() {
        return diagram.arrows().stream()
                .filter(arrow -> arrow.pills().isVisible())
                .flatMap(arrow -> arrow.buttons().stream())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("requests")
    void everyRequestOfTheTableHasAnArrow(Transition transition) {
        assertThat(diagram.arrows()).anySatisfy(arrow -> {
            assertThat(arrow.from()).isEqualTo(transition.from());
            assertThat(arrow.to()).isEqualTo(transition.to());
            assertThat(arrow.triggers()).contains(transition.trigger());
        });
    }

    @ParameterizedTest
    @EnumSource(ContainerStatus.class)
    void theButtonsAreWhatTheTableAllowsNow(ContainerStatus status) {
        show(status);
        Set<Trigger> possible = new HashSet<>(Lifecycle.possible(status));
        if (possible.contains(Trigger.REMOVE)) {
            possible.remove(Trigger.FORCE_REMOVE);
        }
        assertThat(offered()).extracting(Button::getUserData).containsExactlyInAnyOrderElementsOf(possible);
    }

    @ParameterizedTest
    @EnumSource(ContainerStatus.class)
    void everyButtonHasANameAndAsksForWhatItSays(ContainerStatus status) {
        show(status);
        for (Button pill : offered()) {
            assertThat(pill.getAccessibleText()).endsWith("web-1");
            assertThat(pill.isFocusTraversable()).isTrue();
            asked.clear();
            ToolkitStart.onFxThread(() -> {
                pill.fire();
                return true;
            });
            assertThat(asked).isEqualTo(List.of(pill.getUserData()));
        }
    }

    @Test
    void nothingCanBeAskedWhileSomethingIsUnderWay() {
        show(container(ContainerStatus.RUNNING, Optional.of(Container.Activity.STOPPING), List.of()));
        assertThat(offered()).isEmpty();
    }

    @Test
    void onlyTheCurrentStateIsLit() {
        show(ContainerStatus.PAUSED);
        for (ContainerStatus status : ContainerStatus.values()) {
            assertThat(diagram.state(status).getStyleClass().contains("current"))
                    .isEqualTo(status == ContainerStatus.PAUSED);
        }
        assertThat(diagram.state(ContainerStatus.PAUSED).getStyleClass()).contains("paused");
    }

    @Test
    void theWayItCameIsMarked() {
        show(container(
                ContainerStatus.RUNNING,
                Optional.empty(),
                List.of(
                        new HistoryEntry(ContainerStatus.CREATED, Optional.empty(), THEN),
                        new HistoryEntry(ContainerStatus.RUNNING, Optional.of(Trigger.START), THEN))));
        List<Arrow> taken = diagram.arrows().stream()
                .filter(arrow -> arrow.line().getPseudoClassStates().stream()
                        .anyMatch(state -> state.getPseudoClassName().equals("taken")))
                .toList();
        assertThat(taken).singleElement().satisfies(arrow -> {
            assertThat(arrow.from()).isEqualTo(ContainerStatus.CREATED);
            assertThat(arrow.to()).isEqualTo(ContainerStatus.RUNNING);
        });
    }

    @ParameterizedTest
    @MethodSource("io.darsena.bridge.container.Lifecycle#transitions")
    void arrowsBeginAndEndAtTheirStatesAtEveryWidth(Transition transition) {
        for (double width : new double[] {640, 752, 1000, 1800}) {
            DiagramLayout layout = new DiagramLayout(width);
            Route route = layout.route(transition.from(), transition.to());
            assertThat(touches(layout.box(transition.from()), route.tail())).isTrue();
            assertThat(touches(layout.box(transition.to()), route.head())).isTrue();
        }
    }

    @Test
    void statesNeverOverlap() {
        for (double width : new double[] {640, 752, 1000, 1800}) {
            DiagramLayout layout = new DiagramLayout(width);
            for (ContainerStatus one : ContainerStatus.values()) {
                for (ContainerStatus other : ContainerStatus.values()) {
                    assertThat(one == other || apart(layout.box(one), layout.box(other)))
                            .as("%s and %s at %s", one, other, width)
                            .isTrue();
                }
            }
        }
    }

    private static boolean touches(Box box, Route.Point point) {
        return point.x() >= box.x() - 1
                && point.x() <= box.right() + 1
                && point.y() >= box.y() - 1
                && point.y() <= box.bottom() + 1;
    }

    private static boolean apart(Box one, Box other) {
        return one.right() < other.x()
                || other.right() < one.x()
                || one.bottom() < other.y()
                || other.bottom() < one.y();
    }
}
