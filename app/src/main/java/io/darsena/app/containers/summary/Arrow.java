package io.darsena.app.containers.summary;

import io.darsena.app.containers.item.TriggerWords;
import io.darsena.app.containers.summary.Route.Point;
import io.darsena.app.text.Messages;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.container.Lifecycle.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.Path;
import javafx.scene.shape.Polygon;
import javafx.scene.shape.QuadCurveTo;
import javafx.scene.transform.Transform;

/// One arrow of the drawing: everything that leads from one state to another. What of it can be asked for now is a row
/// of buttons; otherwise its words stand there quietly.
final class Arrow {

    private static final PseudoClass POSSIBLE = PseudoClass.getPseudoClass("possible");
    private static final PseudoClass TAKEN = PseudoClass.getPseudoClass("taken");
    private static final double CORNER = 10;
    private static final double HEAD = 8;

    private final ContainerStatus from;
    private final ContainerStatus to;
    private final List<Trigger> triggers;
    private final Path line = new Path();
    private final Polygon head = new Polygon(0, 0, -HEAD, -4.5, -HEAD, 4.5);
    private final HBox pills = new HBox();
    private final Label words = new Label();
    private final String asks;
    private boolean quiet = true;

    Arrow(Messages messages, ContainerStatus from, ContainerStatus to, List<Trigger> triggers, Consumer<Trigger> ask) {
        this.from = from;
        this.to = to;
        this.triggers = List.copyOf(triggers);
        line.getStyleClass().add("arrow-line");
        head.getStyleClass().add("arrow-head");
        pills.getStyleClass().add("pills");
        pills.setPickOnBounds(false);
        words.getStyleClass().add("arrow-words");
        words.setMouseTransparent(true);
        asks = offered().stream()
                .map(trigger -> TriggerWords.arrow(messages, trigger))
                .collect(Collectors.joining(" · "));
        offered().forEach(trigger -> pills.getChildren().add(pill(messages, trigger, ask)));
        for (var part : List.of(line, head, pills, words)) {
            part.setManaged(false);
        }
    }

    private static Button pill(Messages messages, Trigger trigger, Consumer<Trigger> ask) {
        Button pill = new Button(TriggerWords.arrow(messages, trigger));
        pill.getStyleClass().setAll("pill");
        pill.setUserData(trigger);
        pill.setOnAction(event -> ask.accept(trigger));
        return pill;
    }

    /// What a person can ask for; force is left out where the plain way does the same.
    private List<Trigger> offered() {
        return triggers.stream()
                .filter(Trigger::isRequest)
                .filter(trigger -> trigger != Trigger.FORCE_REMOVE || !triggers.contains(Trigger.REMOVE))
                .toList();
    }

    ContainerStatus from() {
        return from;
    }

    ContainerStatus to() {
        return to;
    }

    List<Trigger> triggers() {
        return triggers;
    }

    Path line() {
        return line;
    }

    Polygon head() {
        return head;
    }

    HBox pills() {
        return pills;
    }

    Label words() {
        return words;
    }

    List<Button> buttons() {
        List<Button> buttons = new ArrayList<>();
        pills.getChildren().forEach(child -> buttons.add((Button) child));
        return buttons;
    }

    /// @param possible whether it can be asked for now
    /// @param taken whether the container came this way
    /// @param came what brought it this way; empty when that is not known
    void show(boolean possible, boolean taken, String came) {
        boolean offers = possible && !pills.getChildren().isEmpty();
        quiet = !offers && !taken;
        words.setText(taken && !came.isEmpty() ? came : asks);
        for (var part : List.of(line, head)) {
            part.pseudoClassStateChanged(POSSIBLE, offers);
            part.pseudoClassStateChanged(TAKEN, taken && !offers);
        }
        pills.setVisible(offers);
        words.setVisible(!offers && !words.getText().isEmpty() && saysItsWords());
    }

    /// The rail's ways lie upon each other; their words would too.
    private boolean saysItsWords() {
        return to != ContainerStatus.REMOVING || from == ContainerStatus.EXITED;
    }

    /// How wide what stands on it is, whether buttons or words.
    double wordsWidth() {
        return Math.ceil((pills.isVisible() ? pills : words).prefWidth(-1));
    }

    /// Whether it is drawn as neither possible nor taken.
    boolean isQuiet() {
        return quiet;
    }

    /// @param joined whether the rest of its way is drawn by another arrow: it ends where it meets that one, as two
    ///     dashed lines on each other would look like one that is not dashed
    void lay(Route route, boolean joined) {
        head.setVisible(!joined);
        line.getElements().setAll(new MoveTo(route.tail().x(), route.tail().y()));
        List<Point> corners = route.corners();
        for (int i = 1; i < corners.size() - 1; i++) {
            Point corner = corners.get(i);
            Point into = towards(corner, corners.get(i - 1), CORNER);
            Point out = towards(corner, corners.get(i + 1), CORNER);
            line.getElements()
                    .addAll(new LineTo(into.x(), into.y()), new QuadCurveTo(corner.x(), corner.y(), out.x(), out.y()));
            if (joined) {
                return;
            }
        }
        Point end = towards(route.head(), route.beforeHead(), HEAD - 1);
        line.getElements().add(new LineTo(end.x(), end.y()));
        head.setLayoutX(route.head().x());
        head.setLayoutY(route.head().y());
        double angle = Math.atan2(
                route.head().y() - route.beforeHead().y(),
                route.head().x() - route.beforeHead().x());
        head.getTransforms().setAll(Transform.rotate(Math.toDegrees(angle), 0, 0));
        center(pills, route.label());
        center(words, route.label());
    }

    private static void center(Region part, Point at) {
        double width = Math.ceil(part.prefWidth(-1));
        double height = Math.ceil(part.prefHeight(-1));
        part.resizeRelocate(Math.round(at.x() - width / 2), Math.round(at.y() - height / 2), width, height);
    }

    private static Point towards(Point from, Point target, double distance) {
        double length = Math.hypot(target.x() - from.x(), target.y() - from.y());
        double share = length == 0 ? 0 : Math.min(distance, length / 2) / length;
        return new Point(from.x() + (target.x() - from.x()) * share, from.y() + (target.y() - from.y()) * share);
    }
}
