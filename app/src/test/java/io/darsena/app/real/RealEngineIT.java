package io.darsena.app.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.javafx.scene.input.DragboardHelper;
import io.darsena.app.ToolkitStart;
import io.darsena.app.screen.Section;
import io.darsena.app.tour.Demo;
import io.darsena.bridge.EngineDescription.Tier;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerState;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.container.Lifecycle.Trigger;
import io.darsena.bridge.image.Image;
import io.darsena.launch.EngineLauncher;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import javafx.event.Event;
import javafx.scene.control.Label;
import javafx.scene.input.DragEvent;
import javafx.scene.input.Dragboard;
import javafx.scene.input.TransferMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each thing that can be done by pointing and clicking, on the real engine.
class RealEngineIT {

    private static final List<String> NAMESPACES = List.of("pid", "mnt", "net", "uts", "ipc", "cgroup");

    @TempDir
    private Path root;

    private RealWindow window;

    @BeforeEach
    void open() {
        window = new RealWindow(root);
    }

    @AfterEach
    void close() {
        window.close();
    }

    /// The two clicks.
    private HostView run() {
        window.click(".top-bar #run");
        window.click(".modal #run");
        window.until("a running container", () -> is(ContainerStatus.RUNNING));
        window.click(
                "the tab Summary",
                node -> node instanceof Label label && label.getText().equals("Summary"));
        return new HostView(only().state().runningPid().orElseThrow());
    }

    private Container only() {
        return window.context().session().containers().values().stream()
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no container"));
    }

    private boolean is(ContainerStatus status) {
        return window.context().session().containers().values().stream()
                .anyMatch(container ->
                        container.status() == status && container.activity().isEmpty());
    }

    private void ask(Trigger trigger) {
        window.click(
                "the arrow " + trigger,
                node -> node.getStyleClass().contains("pill") && trigger.equals(node.getUserData()));
    }

    private boolean hasFreezer() {
        Tier tier = window.engine().description().tier();
        return tier == Tier.ROOTFUL || tier == Tier.ROOTLESS_DELEGATED;
    }

    @Test
    void twoClicksRunAContainerInNamespacesAndOnAnOverlayOfItsOwn() {
        HostView process = run();
        assertThat(NAMESPACES).allMatch(process::hasItsOwn);
        assertThat(process.hasItsOwn("user"))
                .as("its own user namespace, unless the engine is root")
                .isEqualTo(window.engine().description().tier() != Tier.ROOTFUL);
        assertThat(process.mounts()).anyMatch(HostView::isOverlayAtRoot);
        assertThat(HostView.hostMounts()).noneMatch(mount -> mount.contains(root.toString()));
    }

    @Test
    void theArrowToPausedFreezesTheControlGroupAndTheWayBackThawsIt() throws Exception {
        HostView process = run();
        ask(Trigger.PAUSE);
        if (!hasFreezer()) {
            window.until("the reason", () -> window.shows(words -> words.contains("pause")));
            assertThat(only().status()).isEqualTo(ContainerStatus.RUNNING);
            assertThat(window.shows(words -> words.contains("systemd") || words.contains("root")))
                    .as("the cure is shown")
                    .isTrue();
            return;
        }
        window.until("paused", () -> is(ContainerStatus.PAUSED));
        Path group = process.freezerGroup();
        assertThat(HostView.isFrozen(group)).isTrue();
        long ticks = process.ticks();
        Thread.sleep(1500);
        assertThat(process.ticks()).as("a frozen process uses no time").isEqualTo(ticks);
        ask(Trigger.RESUME);
        window.until("running", () -> is(ContainerStatus.RUNNING));
        assertThat(HostView.isFrozen(group)).isFalse();
        assertThat(process.isThere()).isTrue();
    }

    @Test
    void theArrowToExitedEndsTheProcessByItsOwnWill() {
        HostView process = run();
        ask(Trigger.STOP);
        window.until("exited", () -> is(ContainerStatus.EXITED));
        assertThat(process.isThere()).isFalse();
        assertThat(((ContainerState.Exited) only().state()).code()).isZero();
    }

    @Test
    void theArrowToRemovedLeavesNothingButWhatTheTrashKeeps() throws IOException {
        HostView process = run();
        Path group = hasFreezer() ? process.freezerGroup() : Path.of("/proc/" + process.pid());
        String id = only().id().hex();
        assertThat(bearing(id)).isNotEmpty();
        ask(Trigger.STOP);
        window.until("exited", () -> is(ContainerStatus.EXITED));
        ask(Trigger.REMOVE);
        window.until("no rows", () -> window.context().session().containers().isEmpty());
        assertThat(window.shows(words -> words.equals(window.text("empty.containers.title"))))
                .isTrue();
        assertThat(window.engine().trash().list()).hasSize(1);
        assertThat(group).as("its control group").doesNotExist();
        window.engine().trash().purgeAll();
        assertThat(bearing(id)).as("directories of the removed container").isEmpty();
    }

    private List<Path> bearing(String id) throws IOException {
        try (Stream<Path> tree = Files.walk(root, 4)) {
            return tree.filter(path -> path.getFileName().toString().contains(id))
                    .toList();
        }
    }

    /// What `./darsena demo` does, so that it goes on doing it.
    @Test
    void theDemoDoesTheMainJobToItsEnd(@TempDir Path pictures) throws IOException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        boolean whole = new Demo(
                        window.context(), window.stage(), pictures, new PrintStream(said, true, StandardCharsets.UTF_8))
                .call();
        assertThat(whole).as(said.toString(StandardCharsets.UTF_8)).isTrue();
        assertThat(window.engine().containers().list()).isEmpty();
        assertThat(window.engine().trash().list()).hasSize(1);
        try (Stream<Path> saved = Files.list(pictures)) {
            assertThat(saved).hasSize(hasFreezer() ? 10 : 8);
        }
    }

    @Test
    void anArchiveThatIsDroppedOnTheWindowBecomesAnImage(@TempDir Path folder) throws IOException {
        Image starter = window.engine().images().list().getFirst();
        window.engine().images().remove(starter.id());
        window.until("no images", () -> window.context().session().images().isEmpty());
        Path archive = folder.resolve("starter.tar");
        try (InputStream embedded = Objects.requireNonNull(
                EngineLauncher.class.getResourceAsStream("/io/darsena/engine/starter/starter.oci.tar"))) {
            Files.copy(embedded, archive);
        }
        drop(archive);
        window.until("the image", () -> window.context().session().images().containsKey(starter.id()));
        assertThat(window.context().navigation().section().get()).isEqualTo(Section.IMAGES);
        window.until("its row", () -> window.shows(words -> words.equals("darsena/starter")));
        assertThat(window.engine().images().find(starter.id().toString())).isPresent();
    }

    @Test
    void aFileThatIsNoImageIsRefusedWithItsReason(@TempDir Path folder) throws IOException {
        drop(Files.writeString(folder.resolve("notes.txt"), "milk, bread"));
        window.until(
                "the reason",
                () -> window.shows(words -> words.toLowerCase(Locale.ROOT).contains("not a tar archive")));
        assertThat(window.engine().images().list()).hasSize(1);
    }

    /// The events of a drop as the toolkit delivers them; JavaFX's headless platform cannot drag by itself.
    private void drop(Path file) {
        ToolkitStart.onFxThread(() -> {
            Dragboard files = DragboardHelper.createDragboard(new CarriedFiles(List.of(file.toFile())));
            var target = window.stage().getScene().getRoot().lookup(".shell");
            for (var type : List.of(DragEvent.DRAG_OVER, DragEvent.DRAG_DROPPED)) {
                Event.fireEvent(
                        target, new DragEvent(type, files, 400, 300, 400, 300, TransferMode.COPY, null, null, null));
            }
            return true;
        });
    }
}
