package io.darsena.app.shell;

import io.darsena.app.ToolkitStart;
import io.darsena.app.session.EngineSession;
import io.darsena.app.session.EngineStage;
import io.darsena.app.session.FxPump;
import io.darsena.app.text.Messages;
import io.darsena.app.theme.Appearance;
import io.darsena.app.theme.ThemeChoice;
import io.darsena.app.theme.WindowMemory;
import io.darsena.bridge.Engine;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.container.Containers;
import io.darsena.bridge.fake.FakeEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Control;
import javafx.scene.control.Labeled;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import org.testfx.api.FxRobot;
import org.testfx.service.query.NodeQuery;

/// The whole window on an engine in memory, for tests that use it as a person would.
public final class WindowOnFakeEngine implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /// One for all windows: of several, each keeps the window it last touched, and each window of the headless platform
    /// keeps the robot of its time, so that none of them would ever leave the memory.
    private static final FxRobot ROBOT = new FxRobot();

    private final FakeEngine engine;
    private final FxPump pump = FxPump.toFxThread();
    private final EngineSession session = new EngineSession(pump);
    private final Stage stage;
    private final AppWindow window;
    private final WindowMemory memory;

    public WindowOnFakeEngine(FakeEngine engine, Path memory, Locale language) {
        this.engine = engine;
        this.memory = WindowMemory.at(memory);
        ToolkitStart.once();
        this.stage = ToolkitStart.onFxThread(Stage::new);
        this.window = ToolkitStart.onFxThread(() -> {
            AppWindow made = new AppWindow(
                    stage, session, pump, Messages.in(language), new Appearance(ThemeChoice.LIGHT), this.memory);
            made.show();
            session.open(() -> engine);
            return made;
        });
        int images = ((Engine) engine).images().list().size();
        int containers = containers().list().size();
        until(() -> session.stage().get() instanceof EngineStage.Open
                && session.images().size() == images
                && session.containers().size() == containers);
    }

    public FakeEngine engine() {
        return engine;
    }

    public Containers containers() {
        return ((Engine) engine).containers();
    }

    public ContainerId create(String name) {
        ContainerId id =
                containers().create(ContainerSpec.of(FakeEngine.STARTER).withName(name));
        until(() -> session.containers().containsKey(id));
        return id;
    }

    public ContainerId running(String name) {
        ContainerId id = create(name);
        containers().start(id);
        until(() -> {
            Container container = session.containers().get(id);
            return container != null
                    && container.status() == ContainerStatus.RUNNING
                    && container.activity().isEmpty();
        });
        return id;
    }

    public FxRobot robot() {
        return ROBOT;
    }

    /// Clicks on what fits the query (a style sheet's selector, or words), once it is shown, stands still and feels
    /// the mouse: a cold window may be slow, and something else may lie above it for a moment. A mouse that stood
    /// there before the window did is felt when it moves.
    public void click(String query) {
        pointAt(() -> ROBOT.lookup(query));
        ROBOT.clickOn();
    }

    /// As [#click(String)], on what a person would point at.
    public void click(Predicate<Node> sought) {
        pointAt(() -> ROBOT.lookup(sought));
        ROBOT.clickOn();
    }

    /// Clicks twice, as [#click(String)] does once.
    public void doubleClick(String query) {
        pointAt(() -> ROBOT.lookup(query));
        ROBOT.doubleClickOn();
    }

    /// @param sought made anew each time: a query knows the windows that there were when it was made
    private void pointAt(Supplier<NodeQuery> sought) {
        Instant end = Instant.now().plus(PATIENCE);
        ROBOT.moveTo(place(sought));
        while (!feelsTheMouse(sought)) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError(sought.get() + " never felt the mouse");
            }
            ROBOT.moveBy(2, 2);
            ROBOT.moveTo(place(sought));
        }
    }

    private static boolean feelsTheMouse(Supplier<NodeQuery> sought) {
        return ToolkitStart.onFxThread(
                () -> sought.get().queryAll().stream().anyMatch(node -> isShown(node) && isHovered(node)));
    }

    /// What lets the mouse through, as the label in a menu's item does and the words on a step of a pyramid, is hovered
    /// with what it stands in.
    private static boolean isHovered(Node node) {
        Node feeling = node;
        for (Node at = node; at.getParent() != null && (at.equals(node) || !(at instanceof Control)); ) {
            feeling = at.isMouseTransparent() ? at.getParent() : feeling;
            at = at.getParent();
        }
        return feeling.isHover();
    }

    public AppWindow window() {
        return window;
    }

    public Stage stage() {
        return stage;
    }

    public Scene scene() {
        return stage.getScene();
    }

    /// Waits for a node that is shown. Within a condition of [#until] it does not wait: the condition does not hold
    /// yet.
    public <N extends Node> N node(String query, Class<N> type) {
        if (Platform.isFxApplicationThread()) {
            Node node = visible(query);
            if (node == null) {
                throw new NotShownYet();
            }
            return type.cast(node);
        }
        until(() -> visible(query) != null);
        return type.cast(Objects.requireNonNull(ToolkitStart.onFxThread(() -> visible(query))));
    }

    /// What is read of nodes on the JavaFX thread, once all of them are shown.
    public <T> T read(Callable<T> reading) {
        if (Platform.isFxApplicationThread()) {
            return ToolkitStart.onFxThread(reading);
        }
        AtomicReference<@Nullable T> result = new AtomicReference<>();
        until(() -> {
            result.set(reading.call());
            return true;
        });
        return Objects.requireNonNull(result.get());
    }

    private @Nullable Node visible(String query) {
        return Window.getWindows().stream()
                .filter(Window::isShowing)
                .flatMap(shown -> shown.getScene().getRoot().lookupAll(query).stream())
                .filter(WindowOnFakeEngine::isShown)
                .findFirst()
                .orElse(null);
    }

    public static boolean isShown(Node node) {
        for (Node each = node; each != null; each = each.getParent()) {
            if (!each.isVisible()) {
                return false;
            }
        }
        return node.getScene() != null;
    }

    public TableView<?> list() {
        return node("#table", TableView.class);
    }

    /// Chooses a row by keyboard-independent means, so that a test can begin with it.
    public void choose(ContainerId id) {
        TableView<?> list = list();
        until(() -> {
            window.context().navigation().showContainer(id);
            return list.getSelectionModel().getSelectedItem() != null;
        });
        ToolkitStart.onFxThread(() -> {
            list.requestFocus();
            return true;
        });
    }

    /// Opens the tab of a container's detail that is called so.
    public void tab(String title) {
        until(() -> {
            TabPane tabs = node("#tabs", TabPane.class);
            Optional<Tab> called = tabs.getTabs().stream()
                    .filter(tab -> title.equals(tab.getText()))
                    .findFirst();
            called.ifPresent(tabs.getSelectionModel()::select);
            return called.isPresent();
        });
    }

    /// The place of what shows these words (or fits a selector), once it stands still.
    public Bounds place(String words) {
        return place(() -> ROBOT.lookup(words));
    }

    private Bounds place(Supplier<NodeQuery> sought) {
        AtomicReference<@Nullable Bounds> last = new AtomicReference<>();
        until(() -> {
            Bounds now = sought.get().queryAll().stream()
                    .filter(WindowOnFakeEngine::isShown)
                    .findFirst()
                    .map(node -> node.localToScreen(node.getBoundsInLocal()))
                    .orElse(null);
            return now != null && now.getWidth() > 0 && now.equals(last.getAndSet(now));
        });
        return Objects.requireNonNull(last.get());
    }

    /// As [#choose], on its Summary tab.
    public void chooseSummary(ContainerId id) {
        choose(id);
        until(() -> {
            node("#tabs", TabPane.class).getSelectionModel().selectFirst();
            return true;
        });
    }

    /// Whether a text stands somewhere in the window or its dialogs.
    public boolean says(Predicate<String> text) {
        return ToolkitStart.onFxThread(() -> Window.getWindows().stream()
                .map(shown -> shown.getScene().getRoot())
                .anyMatch(root -> saysWithin(root, text)));
    }

    private static boolean saysWithin(Node node, Predicate<String> text) {
        if (!node.isVisible()) {
            return false;
        }
        if (node instanceof Labeled labeled && labeled.getText() != null && text.test(labeled.getText())) {
            return true;
        }
        return node instanceof Parent parent
                && Set.copyOf(parent.getChildrenUnmodifiable()).stream().anyMatch(child -> saysWithin(child, text));
    }

    /// All that the window and its dialogs say.
    private String words() {
        List<String> words = new ArrayList<>();
        says(text -> {
            if (!text.isEmpty()) {
                words.add(text);
            }
            return false;
        });
        return String.join(" | ", words);
    }

    /// Waits until the condition holds on the JavaFX thread.
    public void until(Callable<Boolean> condition) {
        Instant end = Instant.now().plus(PATIENCE);
        while (!ToolkitStart.onFxThread(() -> holds(condition))) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("it never came true while the window said " + words());
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        }
    }

    private static boolean holds(Callable<Boolean> condition) throws Exception {
        try {
            return condition.call();
        } catch (NotShownYet notYet) {
            return false;
        }
    }

    private static final class NotShownYet extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    @Override
    public void close() {
        ROBOT.release(new KeyCode[0]);
        ToolkitStart.onFxThread(() -> {
            for (Window shown : Window.getWindows().toArray(new Window[0])) {
                shown.hide();
            }
            session.close();
            pump.close();
            return true;
        });
        memory.close();
        // What runs goes on without the engine, and would keep this window, its log and a processor for the next ones.
        for (Container container : containers().list()) {
            containers().forceRemove(container.id());
        }
    }
}
