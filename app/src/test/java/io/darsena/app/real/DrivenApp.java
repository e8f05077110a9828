package io.darsena.app.real;

import io.darsena.app.main.DarsenaApp;
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
import javafx.scene.control.TextField;
import javafx.scene.input.MouseButton;
import javafx.scene.robot.Robot;
import javafx.stage.Window;

/// The application as a process of its own, with a hand on its mouse: `run COMMAND…` runs one container with the
/// image's
/// own command and one with each of the commands; `stop` says what the list shows, and stops all that runs. What was
/// done and seen is printed, one word a line.
public final class DrivenApp {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final SceneEye eye =
            new SceneEye(() -> Window.getWindows().getFirst().getScene());

    private DrivenApp() {}

    public static void main(String[] arguments) {
        int dashes = Arrays.asList(arguments).indexOf("--");
        List<String> deeds = Arrays.asList(arguments).subList(0, dashes);
        Thread.ofPlatform().daemon().start(() -> {
            try {
                new DrivenApp().drive(deeds);
            } catch (Exception failed) {
                say("failed: " + failed);
            }
        });
        DarsenaApp.main(Arrays.copyOfRange(arguments, dashes + 1, arguments.length));
    }

    private void drive(List<String> deeds) throws Exception {
        Thread.sleep(500);
        until(() -> !Window.getWindows().isEmpty());
        until(() -> eye.usable(node -> eye.matches(node, ".top-bar #run")).isPresent());
        if (deeds.getFirst().equals("stop")) {
            stopAll();
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

    private void stopAll() throws Exception {
        until(() -> running() > 0);
        fx(() -> eye.words(node -> node.getStyleClass().contains("state-badge")))
                .forEach(DrivenApp::say);
        while (fx(this::running) > 0) {
            long before = fx(this::running);
            click(node ->
                    node.getAccessibleText() != null && node.getAccessibleText().startsWith("Stop "));
            until(() -> running() < before);
        }
        until(() -> badges().stream().allMatch(word -> word.startsWith("Exited")));
        say("done");
    }

    private List<String> badges() {
        return eye.words(node -> node.getStyleClass().contains("state-badge"));
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

    private static void say(String words) {
        System.out.println(words);
        System.out.flush();
    }
}
