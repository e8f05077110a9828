package io.darsena.app.shell;

import io.darsena.app.ToolkitStart;
import java.util.Optional;
import javafx.event.EventType;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.PickResult;

/// A mouse made of its events. The headless platform's robot (JavaFX 26) leaves out which keys are held, says of every
/// press that it opens a menu, which the head of a table does not hear, and while it drags no button seems pressed, so
/// that each move goes to another node.
public final class MadeMouse {

    private final WindowOnFakeEngine window;

    private record Hand(Node target, KeyCode key) {}

    public MadeMouse(WindowOnFakeEngine window) {
        this.window = window;
    }

    /// Clicks on what shows these words.
    public void click(String words) {
        click(words, KeyCode.UNDEFINED);
    }

    /// Clicks while Ctrl or Shift is held, as soon as nothing else lies above what shows these words.
    public void click(String words, KeyCode held) {
        window.place(words);
        window.until(() -> {
            Node sought = window.robot().lookup(words).queryAll().stream()
                    .filter(WindowOnFakeEngine::isShown)
                    .findFirst()
                    .orElseThrow();
            Bounds place = sought.localToScreen(sought.getBoundsInLocal());
            Point2D at = new Point2D(place.getCenterX(), place.getCenterY());
            Node target = target(at);
            if (!isWithin(target, sought) && !target.equals(sought.getParent())) {
                return false;
            }
            Hand hand = new Hand(target, held);
            fire(hand, MouseEvent.MOUSE_PRESSED, at, true);
            fire(hand, MouseEvent.MOUSE_RELEASED, at, true);
            fire(hand, MouseEvent.MOUSE_CLICKED, at, true);
            return true;
        });
    }

    private static boolean isWithin(Node node, Node whole) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (at.equals(whole)) {
                return true;
            }
        }
        return false;
    }

    /// Drags what lies at a point of the screen to the right, or with a negative distance to the left.
    public void drag(Point2D from, double by) {
        ToolkitStart.onFxThread(() -> {
            Hand hand = new Hand(target(from), KeyCode.UNDEFINED);
            fire(hand, MouseEvent.MOUSE_PRESSED, from, true);
            for (int step = 1; step <= 10; step++) {
                fire(hand, MouseEvent.MOUSE_DRAGGED, from.add(by * step / 10, 0), false);
            }
            fire(hand, MouseEvent.MOUSE_RELEASED, from.add(by, 0), false);
            return true;
        });
    }

    private Node target(Point2D screen) {
        return at(window.scene().getRoot(), screen)
                .orElseThrow(() -> new AssertionError("nothing in the window lies at " + screen));
    }

    /// The topmost node that feels the mouse there.
    private static Optional<Node> at(Node node, Point2D screen) {
        Point2D local = node.screenToLocal(screen);
        if (!node.isVisible() || node.isMouseTransparent() || local == null) {
            return Optional.empty();
        }
        if (node instanceof Parent parent) {
            for (Node child : parent.getChildrenUnmodifiable().reversed()) {
                Optional<Node> found = at(child, screen);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return node.contains(local) ? Optional.of(node) : Optional.empty();
    }

    private static void fire(Hand hand, EventType<MouseEvent> type, Point2D screen, boolean still) {
        Node target = hand.target();
        Point2D place = target.localToScene(target.screenToLocal(screen));
        target.fireEvent(new MouseEvent(
                type,
                place.getX(),
                place.getY(),
                screen.getX(),
                screen.getY(),
                MouseButton.PRIMARY,
                1,
                hand.key() == KeyCode.SHIFT,
                hand.key() == KeyCode.CONTROL,
                false,
                false,
                type == MouseEvent.MOUSE_PRESSED || type == MouseEvent.MOUSE_DRAGGED,
                false,
                false,
                false,
                false,
                still,
                new PickResult(target, place.getX(), place.getY())));
    }
}
