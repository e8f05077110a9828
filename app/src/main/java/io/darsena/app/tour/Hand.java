package io.darsena.app.tour;

import io.darsena.app.session.FxPump;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.input.MouseButton;
import javafx.scene.robot.Robot;
import javafx.stage.Stage;

/// A hand on the mouse and an eye on the window. Everything is asked for from a thread that is not JavaFX's, and waits
/// until it is there.
final class Hand {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration GLANCE = Duration.ofMillis(20);

    private final FxPump pump;
    private final Stage stage;

    Hand(FxPump pump, Stage stage) {
        this.pump = pump;
        this.stage = stage;
    }

    /// Runs on the JavaFX thread and waits for the result.
    <T> T doing(Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        pump.run(() -> {
            try {
                result.complete(work.call());
            } catch (Exception problem) {
                result.completeExceptionally(problem);
            }
        });
        return result.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    void doing(Runnable work) {
        doing(() -> {
            work.run();
            return true;
        });
    }

    /// @param what is waited for, in words
    /// @throws IllegalStateException when it does not come in time
    void until(String what, Callable<Boolean> condition) {
        waitFor(what, () -> condition.call() ? Optional.of(true) : Optional.empty());
    }

    private <T> T waitFor(String what, Callable<Optional<T>> sought) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Optional<T> found = doing(sought);
        while (found.isEmpty()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("waited " + PATIENCE.toSeconds() + " s in vain for " + what);
            }
            pause(GLANCE);
            found = doing(sought);
        }
        return found.get();
    }

    static void pause(Duration length) {
        try {
            Thread.sleep(length);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    /// Clicks what can be seen and used and is found by a selector of style sheets, as `.modal #run`.
    void click(String selector) {
        click(selector, node -> matches(node, selector));
    }

    /// Clicks a tab, or whatever else shows exactly these words.
    void clickWords(String words) {
        click(words, node -> node instanceof Label label && label.getText().equals(words));
    }

    void click(String what, Predicate<Node> sought) {
        Bounds place = waitFor(what, () -> usable(sought).map(node -> node.localToScreen(node.getBoundsInLocal())));
        doing(() -> {
            Robot robot = new Robot();
            robot.mouseMove(place.getCenterX(), place.getCenterY());
            robot.mouseClick(MouseButton.PRIMARY);
        });
    }

    private boolean matches(Node node, String selector) {
        return stage.getScene().getRoot().lookupAll(selector).contains(node);
    }

    private Optional<Node> usable(Predicate<Node> sought) {
        return all().stream()
                .filter(sought)
                .filter(node -> !node.isDisabled() && isSeen(node))
                .findFirst();
    }

    /// What is seen now and fits; on the JavaFX thread.
    Optional<Node> find(Predicate<Node> sought) {
        return all().stream().filter(sought).filter(Hand::isSeen).findFirst();
    }

    /// Whether something with these words can be seen.
    boolean shows(String words) {
        return all().stream()
                .anyMatch(node -> node instanceof Labeled labeled && words.equals(labeled.getText()) && isSeen(node));
    }

    long count(Predicate<Node> sought) {
        return all().stream().filter(sought).filter(Hand::isSeen).count();
    }

    private static boolean isSeen(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (!at.isVisible()) {
                return false;
            }
        }
        return node.getBoundsInLocal().getWidth() > 0;
    }

    private List<Node> all() {
        List<Node> nodes = new ArrayList<>();
        collect(stage.getScene().getRoot(), nodes);
        return nodes;
    }

    private static void collect(Node node, List<Node> into) {
        into.add(node);
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> collect(child, into));
        }
    }

    /// Moves the mouse where it points at nothing.
    void away() {
        doing(() -> new Robot().mouseMove(stage.getX() + stage.getWidth() / 2, stage.getY() + stage.getHeight() - 40));
    }

    void picture(Path file) throws IOException {
        doing(() -> Picture.of(stage.getScene())).save(file);
    }
}
