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
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import javafx.application.Platform;
import javafx.scene.Node;
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
    private final WindowMemory memory;
    private final SceneEye eye;

    RealWindow(Path root) {
        memory = WindowMemory.at(root.resolve("window.properties"));
        ToolkitStart.once();
        stage = ToolkitStart.onFxThread(Stage::new);
        eye = new SceneEye(stage::getScene);
        window = ToolkitStart.onFxThread(() -> {
            AppWindow made = new AppWindow(
                    stage, session, pump, Messages.in(Locale.ENGLISH), new Appearance(ThemeChoice.LIGHT), memory);
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
        until(what, () -> eye.usable(sought).isPresent());
        robot.clickOn(ToolkitStart.onFxThread(() -> eye.usable(sought).orElseThrow()));
    }

    void click(String selector) {
        click(selector, node -> eye.matches(node, selector));
    }

    /// From any thread.
    boolean shows(Predicate<String> words) {
        return Platform.isFxApplicationThread() ? eye.shows(words) : ToolkitStart.onFxThread(() -> eye.shows(words));
    }

    @Override
    public void close() {
        if (session.stage().get() instanceof EngineStage.Open open) {
            open.engine()
                    .containers()
                    .list()
                    .forEach(container -> open.engine().containers().forceRemove(container.id()));
            open.engine().trash().purgeAll();
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
        memory.close();
    }
}
