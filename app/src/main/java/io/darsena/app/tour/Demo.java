package io.darsena.app.tour;

import io.darsena.app.containers.logs.LogPane;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.session.EngineStage;
import io.darsena.bridge.EngineDescription.Tier;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.container.Lifecycle.Trigger;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import javafx.collections.ObservableMap;
import javafx.scene.Node;
import javafx.stage.Stage;

/// Does the main job with the mouse: runs the starter image with two clicks, looks at its log and its charts, pauses,
/// resumes, stops and removes it. What the host cannot do is left out and said. Each step is printed with the time it
/// took, and a picture of it is saved.
public final class Demo implements Callable<Boolean> {

    /// So that charts have something to show.
    private static final Duration SOME_SECONDS = Duration.ofSeconds(5);

    private final WindowContext context;
    private final Hand hand;
    private final Path pictures;
    private final PrintStream out;
    private int number;

    public Demo(WindowContext context, Stage stage, Path pictures, PrintStream out) {
        this.context = context;
        this.hand = new Hand(context.pump(), stage);
        this.pictures = pictures;
        this.out = out;
    }

    @FunctionalInterface
    private interface Deed {
        void done();
    }

    /// To be called on a thread of its own. Says whether every step succeeded.
    @Override
    public Boolean call() {
        try {
            step("the window opens with its engine", "window", () -> hand.until("the engine", this::isOpen));
            step("click Run…", "run-dialog", () -> {
                hand.click(".top-bar #run");
                hand.until("the dialog", () -> hand.shows(text("run.title")));
            });
            step("click Run: the starter image runs", "running", () -> {
                hand.click(".modal #run");
                hand.until("a running container", () -> is(ContainerStatus.RUNNING));
            });
            step("click Logs: its lines arrive", "logs", () -> {
                hand.clickWords(text("detail.logs"));
                hand.until("two lines of its log", this::hasLog);
            });
            step("click Stats: its charts move", "stats", () -> {
                hand.clickWords(text("detail.stats"));
                Hand.pause(SOME_SECONDS);
            });
            step("click Summary: its state machine", "summary", () -> {
                hand.clickWords(text("detail.summary"));
                hand.until("the state machine", () -> hand.count(arrow(Trigger.STOP)) > 0);
            });
            if (canPause()) {
                step("click pause on the state machine", "paused", () -> ask(Trigger.PAUSE, ContainerStatus.PAUSED));
                step("click resume", "resumed", () -> ask(Trigger.RESUME, ContainerStatus.RUNNING));
            } else {
                out.println("        pausing is left out: this host gives its ordinary users no control groups");
            }
            step("click stop: it ends by its own will", "stopped", () -> ask(Trigger.STOP, ContainerStatus.EXITED));
            step("click remove: it goes to the trash", "removed", () -> {
                clickArrow(Trigger.REMOVE);
                hand.until("an empty list", () -> containers().isEmpty());
            });
            return true;
        } catch (RuntimeException | IOException failed) {
            out.println("failed: " + failed.getMessage());
            saveQuietly("failed");
            return false;
        }
    }

    private void step(String words, String name, Deed deed) throws IOException {
        long began = System.nanoTime();
        deed.done();
        double seconds = (System.nanoTime() - began) / 1e9;
        number++;
        Hand.pause(Duration.ofMillis(700));
        hand.away();
        Path file = pictures.resolve(String.format(Locale.ROOT, "%02d-%s.png", number, name));
        hand.picture(file);
        out.printf(Locale.ROOT, "%6.2f s  %-44s %s%n", seconds, words, file);
        out.flush();
    }

    private void saveQuietly(String name) {
        try {
            hand.picture(pictures.resolve(name + ".png"));
        } catch (IOException | RuntimeException unimportant) {
            out.println("no picture of the failure: " + unimportant.getMessage());
        }
    }

    private String text(String key) {
        return context.messages().text(key);
    }

    private boolean isOpen() {
        return context.session().stage().get() instanceof EngineStage.Open
                && !context.session().images().isEmpty();
    }

    private boolean canPause() {
        Tier tier = context.session().engine().description().tier();
        return tier == Tier.ROOTFUL || tier == Tier.ROOTLESS_DELEGATED;
    }

    private ObservableMap<?, Container> containers() {
        return context.session().containers();
    }

    private boolean is(ContainerStatus wanted) {
        Optional<Container> only = containers().values().stream().findFirst();
        return only.filter(container ->
                        container.status() == wanted && container.activity().isEmpty())
                .isPresent();
    }

    private boolean hasLog() {
        return hand.count(node ->
                        node instanceof LogPane lines && lines.textsInView().size() >= 2)
                > 0;
    }

    private void ask(Trigger trigger, ContainerStatus wanted) {
        clickArrow(trigger);
        hand.until("the state " + wanted, () -> is(wanted));
    }

    private void clickArrow(Trigger trigger) {
        hand.click("the arrow " + trigger, arrow(trigger));
    }

    private static Predicate<Node> arrow(Trigger trigger) {
        return node -> node.getStyleClass().contains("pill") && trigger.equals(node.getUserData());
    }
}
