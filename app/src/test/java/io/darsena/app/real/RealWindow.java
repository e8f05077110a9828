package io.darsena.app.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.ToolkitStart;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.session.EngineSession;
import io.darsena.app.session.EngineStage;
import io.darsena.app.session.FxPump;
import io.darsena.app.shell.AppWindow;
import io.darsena.app.text.Messages;
import io.darsena.app.theme.Appearance;
import io.darsena.app.theme.ThemeChoice;
import io.darsena.app.theme.WindowMemory;
import io.darsena.bridge.Engine;
import io.darsena.launch.EngineLauncher;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Labeled;
import javafx.stage.Stage;
import org.testfx.api.FxRobot;

/// The window as it is shipped, on an engine below a directory of its own, and a robot's hand on its mouse.
final class RealWindow implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final FxPump pump = FxPump.toFxThread();
    private final EngineSession session = new EngineSession(pump);
    private final FxRobot robot = new FxRobot();
    private final Stage stage;
    private final AppWindow window;

    RealWindow(Path root) {
        ToolkitStart.once();
        stage = ToolkitStart.onFxThread(Stage::new);
        window = ToolkitStart.onFxThread(() -> {
            AppWindow made = new AppWindow(
                    stage,
                    session,
                    pump,
                    Messages.in(Locale.ENGLISH),
                    new Appearance(ThemeChoice.LIGHT),
                    WindowMemory.at(root.resolve("window.properties")));
            made.show();
            session.open(() -> EngineLauncher.open(Optional.of(root)));
            return made;
        });
        until(
                "the engine opens, not " + session.stage().get(),
                () -> session.stage().get() instanceof EngineStage.Open
                        && !session.images().isEmpty());
    }

    WindowContext context() {
        return window.context();
    }

    Engine engine() {
        return session.engine();
    }

    Stage stage() {
        return stage;
    }

    String text(String key, Object... arguments) {
        return context().messages().text(key, arguments);
    }

    void until(String what, Callable<Boolean> condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!ToolkitStart.onFxThread(condition)) {
            assertThat(System.nanoTime())
                    .as("waited %s for: %s", PATIENCE, what)
                    .isLessThan(end);
            try {
                Thread.sleep(20);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(interrupted);
            }
        }
    }

    /// Clicks what fits, as soon as it can be seen and used.
    void click(String what, Predicate<Node> sought) {
        until(what, () -> usable(sought).isPresent());
        robot.clickOn(ToolkitStart.onFxThread(() -> usable(sought).orElseThrow()));
    }

    void click(String selector) {
        click(selector, node -> stage.getScene().getRoot().lookupAll(selector).contains(node));
    }

    /// From any thread.
    boolean shows(Predicate<String> words) {
        return Platform.isFxApplicationThread() ? isShown(words) : ToolkitStart.onFxThread(() -> isShown(words));
    }

    private boolean isShown(Predicate<String> words) {
        return all().stream()
                .anyMatch(node -> node instanceof Labeled labeled
                        && labeled.getText() != null
                        && words.test(labeled.getText())
                        && isSeen(node));
    }

    private Optional<Node> usable(Predicate<Node> sought) {
        return all().stream()
                .filter(sought)
                .filter(node -> !node.isDisabled() && isSeen(node))
                .findFirst();
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

    @Override
    public void close() {
        if (session.stage().get() instanceof EngineStage.Open open) {
            open.engine()
                    .containers()
                    .list()
                    .forEach(container -> open.engine().containers().forceRemove(container.id()));
            open.engine()
                    .images()
                    .list()
                    .forEach(image -> open.engine().images().remove(image.id()));
        }
        ToolkitStart.onFxThread(() -> {
            stage.close();
            return true;
        });
        session.close();
        pump.close();
    }
}
