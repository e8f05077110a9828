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
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.PathElement;
import javafx.scene.shape.QuadCurveTo;
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
        return container(state(status), activity, history);
    }

    private static Container container(
            ContainerState state, Optional<Container.Activity> activity, List<HistoryEntry> history) {
        return new Container(
                new ContainerId("a".repeat(64)),
                "web-1",
                ContainerSpec.of("busybox"),
                new ImageId(new Digest("b".repeat(64))),
                "busybox:latest",
                List.of("sh"),
                state,
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
            Route route = layout.route(transition.from(), transition.to(), 80);
            assertThat(touches(layout.box(transition.from()), route.tail())).isTrue();
            assertThat(touches(layout.box(transition.to()), route.head())).isTrue();
        }
    }

    private List<Arrow> drawn(boolean quiet) {
        return diagram.arrows().stream()
                .filter(arrow -> arrow.isQuiet() == quiet)
                .toList();
    }

    /// Two dashed lines on each other look like one that is not dashed.
    @ParameterizedTest
    @EnumSource(ContainerStatus.class)
    void noTwoDashedLinesLieOnEachOther(ContainerStatus status) {
        show(status);
        ToolkitStart.onFxThread(() -> {
            diagram.resize(742, DiagramLayout.HEIGHT);
            diagram.layout();
            return true;
        });
        List<Leg> legs =
                drawn(true).stream().flatMap(LifecycleDiagramTest::legs).toList();
        assertThat(legs).hasSizeGreaterThan(20);
        for (Leg one : legs) {
            for (Leg other : legs) {
                assertThat(!one.equals(other) && one.liesOn(other))
                        .as("%s on %s", one, other)
                        .isFalse();
            }
        }
        assertThat(drawn(false))
                .allSatisfy(arrow -> assertThat(arrow.head().isVisible()).isTrue());
    }

    /// A straight part of a drawn arrow.
    private record Leg(Arrow arrow, double fromX, double fromY, double toX, double toY) {

        boolean liesOn(Leg other) {
            boolean rows = fromY == toY && other.fromY == other.toY && fromY == other.fromY;
            boolean columns = fromX == toX && other.fromX == other.toX && fromX == other.fromX;
            return rows && overlap(fromX, toX, other.fromX, other.toX)
                    || columns && overlap(fromY, toY, other.fromY, other.toY);
        }

        private static boolean overlap(double from, double to, double otherFrom, double otherTo) {
            return Math.min(Math.max(from, to), Math.max(otherFrom, otherTo))
                            - Math.max(Math.min(from, to), Math.min(otherFrom, otherTo))
                    > 1;
        }
    }

    private static Stream<Leg> legs(Arrow arrow) {
        List<Leg> legs = new ArrayList<>();
        double x = 0;
        double y = 0;
        for (PathElement element : arrow.line().getElements()) {
            switch (element) {
                case MoveTo start -> {
                    x = start.getX();
                    y = start.getY();
                }
                case LineTo line -> {
                    legs.add(new Leg(arrow, x, y, line.getX(), line.getY()));
                    x = line.getX();
                    y = line.getY();
                }
                case QuadCurveTo curve -> {
                    x = curve.getX();
                    y = curve.getY();
                }
                default -> throw new IllegalStateException("an arrow is made of lines and corners: " + element);
            }
        }
        return legs.stream();
    }

    /// `arresta` and `uccidi` as buttons are 118 pixels, at the width that the diagram has in a window of 1280.
    @ParameterizedTest
    @MethodSource("io.darsena.bridge.container.Lifecycle#transitions")
    void longWordsStandBesideTheStatesAndNotOnThem(Transition transition) {
        boolean beside = transition.to() == ContainerStatus.EXITED;
        double words = beside ? 118 : 44;
        DiagramLayout layout = new DiagramLayout(742);
        Route.Point middle =
                layout.route(transition.from(), transition.to(), words).label();
        Box label = new Box(middle.x() - words / 2, middle.y() - 10, words, 20);
        for (ContainerStatus status : ContainerStatus.values()) {
            assertThat(apart(label, layout.box(status)))
                    .as("%s over %s", transition, status)
                    .isTrue();
        }
    }

    private static Container ended(Trigger how, ExitCause cause) {
        ContainerState end = new ContainerState.Exited(137, OptionalInt.of(9), cause, THEN, THEN);
        return container(
                end,
                Optional.empty(),
                List.of(
                        new HistoryEntry(ContainerStatus.RUNNING, Optional.of(Trigger.START), THEN),
                        new HistoryEntry(ContainerStatus.EXITED, Optional.of(how), THEN)));
    }

    private String saidFromRunningToExited() {
        return diagram.arrows().stream()
                .filter(arrow -> arrow.from() == ContainerStatus.RUNNING && arrow.to() == ContainerStatus.EXITED)
                .map(arrow -> arrow.words().getText())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theWayItCameSaysWhatBroughtIt() {
        show(ended(Trigger.PROCESS_ENDED, ExitCause.OUT_OF_MEMORY));
        assertThat(saidFromRunningToExited()).isEqualTo("out of memory");
        show(ended(Trigger.PROCESS_ENDED, ExitCause.ENDED));
        assertThat(saidFromRunningToExited()).isEqualTo("ended");
        show(ended(Trigger.KILL, ExitCause.KILLED));
        assertThat(saidFromRunningToExited()).isEqualTo("kill");
        show(ContainerStatus.CREATED);
        assertThat(saidFromRunningToExited()).isEqualTo("stop · kill");
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
