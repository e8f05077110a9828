package io.darsena.app.real;

import io.darsena.app.main.Main;
import java.io.File;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javafx.application.Platform;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TextField;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.TransferMode;
import javafx.scene.robot.Robot;
import javafx.stage.Stage;
import javafx.stage.Window;

/// The application as a process of its own, with a hand on its mouse: `run COMMAND…` runs one container with
/// the image's own command and one with each of the commands; `stop` says what the list shows, and stops all
/// that runs; `drop FILE` drags a file from another window onto it and waits for the image. What was done and
/// seen is printed, one word a line.
public final class DrivenApp {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final SceneEye eye =
            new SceneEye(() -> Window.getWindows().getFirst().getScene());

    private DrivenApp() {}

    public static void main(String[] arguments) {
        int dashes = Arrays.asList(arguments).indexOf("--");
        List<String> deeds = Arrays.asList(arguments).subList(0, dashes);
        Thread.ofPlatform().daemon().start(() -> {
            DrivenApp driven = new DrivenApp();
            try {
                driven.drive(deeds);
            } catch (Exception failed) {
                say("failed: " + failed + " while the window says " + driven.shown());
            }
        });
        Main.main(Arrays.copyOfRange(arguments, dashes + 1, arguments.length));
    }

    private void drive(List<String> deeds) throws Exception {
        awaitToolkit();
        until(() -> !Window.getWindows().isEmpty());
        until(() -> eye.usable(node -> eye.matches(node, ".top-bar #run")).isPresent());
        if (deeds.getFirst().equals("stop")) {
            stopAll();
            return;
        }
        if (deeds.getFirst().equals("drop")) {
            drop(new File(deeds.get(1)));
            return;
        }
        for (String command : deeds.subList(1, deeds.size())) {
            long before = running();
            click(node -> eye.matches(node, ".top-bar #run"));
            until(() -> eye.usable(node -> eye.matches(node, ".modal #run")).isPresent());
            fx(() -> {
                Node field = eye.usable(node -> eye.matches(node, ".modal #commandLine"))
                        .orElseThrow();
                ((TextField) field).setText(command);
                return true;
            });
            click(node -> eye.matches(node, ".modal #run"));
            until(() -> running() == before + 1);
        }
        say("done");
    }

    /// However slow the machine, the application starts it.
    private static void awaitToolkit() throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                Platform.runLater(() -> {});
                return;
            } catch (IllegalStateException notYet) {
                if (System.nanoTime() > end) {
                    throw notYet;
                }
                Thread.sleep(20);
            }
        }
    }

    private void stopAll() throws Exception {
        until(() -> running() > 0);
        fx(this::badges).forEach(DrivenApp::say);
        while (fx(this::running) > 0) {
            long before = fx(this::running);
            click(node ->
                    node.getAccessibleText() != null && node.getAccessibleText().startsWith("Stop "));
            until(() -> running() < before);
        }
        until(() -> badges().stream().allMatch(word -> word.startsWith("Exited")));
        say("done");
    }

    /// As from a file manager: by the display server, from a window that is none of the application's.
    private void drop(File file) throws Exception {
        Label offered = new Label(file.getName());
        offered.setOnDragDetected(event -> {
            ClipboardContent content = new ClipboardContent();
            content.putFiles(List.of(file));
            offered.startDragAndDrop(TransferMode.COPY).setContent(content);
            event.consume();
        });
        Scene application = fx(() -> Window.getWindows().getFirst().getScene());
        SceneEye seen = new SceneEye(() -> application);
        Stage source = fx(() -> {
            Stage manager = new Stage();
            manager.setScene(new Scene(offered, 200, 100));
            manager.setX(
                    application.getWindow().getX() + application.getWindow().getWidth() + 20);
            manager.setY(50);
            manager.show();
            return manager;
        });
        Thread.sleep(500);
        Robot robot = fx(Robot::new);
        double x = source.getX() + 40;
        double y = source.getY() + 50;
        move(robot, x, y);
        fx(() -> {
            robot.mousePress(MouseButton.PRIMARY);
            return true;
        });
        for (int step = 1; step <= 40; step++) {
            move(robot, x - step * (x - 600) / 40, y + step * 8);
        }
        until(() -> seen.shows(words -> words.equals("Drop to import " + file.getName())));
        say("told");
        fx(() -> {
            robot.mouseRelease(MouseButton.PRIMARY);
            return true;
        });
        until(() -> seen.shows("darsena/starter"::equals));
        say("done");
    }

    private static void move(Robot robot, double x, double y) throws Exception {
        fx(() -> {
            robot.mouseMove(x, y);
            return true;
        });
        Thread.sleep(20);
    }

    /// Those of the list: the detail has the chosen one's once more.
    private List<String> badges() {
        return eye.words(node -> node.getStyleClass().contains("state-badge") && isInList(node));
    }

    private static boolean isInList(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (at instanceof TableCell) {
                return true;
            }
        }
        return false;
    }

    private long running() {
        return badges().stream().filter("Running"::equals).count();
    }

    private void click(Predicate<Node> sought) throws Exception {
        until(() -> eye.usable(sought).isPresent());
        Thread.sleep(150);
        fx(() -> {
            Node node = eye.usable(sought).orElseThrow();
            Bounds place = node.localToScreen(node.getBoundsInLocal());
            Robot robot = new Robot();
            robot.mouseMove(place.getCenterX(), place.getCenterY());
            robot.mouseClick(MouseButton.PRIMARY);
            return true;
        });
    }

    private static void until(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!fx(condition)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("waited in vain");
            }
            Thread.sleep(20);
        }
    }

    private static <T> T fx(Callable<T> work) throws Exception {
        CompletableFuture<T> result = new CompletableFuture<>();
        Platform.runLater(() -> {
            try {
                result.complete(work.call());
            } catch (Exception problem) {
                result.completeExceptionally(problem);
            }
        });
        return result.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /// What the window says, in one line: what a failure is understood by.
    private String shown() {
        try {
            return String.join(" | ", fx(() -> eye.words(node -> true))).replace('\n', ' ');
        } catch (Exception unseen) {
            return "nothing: " + unseen;
        }
    }

    private static void say(String words) {
        System.out.println(words);
        System.out.flush();
    }
}
