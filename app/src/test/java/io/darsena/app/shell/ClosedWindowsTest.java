package io.darsena.app.shell;

import static io.darsena.app.ToolkitStart.doing;
import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.ToolkitStart;
import io.darsena.app.compare.TwoImages;
import io.darsena.app.screen.Section;
import io.darsena.app.settings.SettingsPage;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.fake.FakeEngine;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What is closed is let go: a listener that is left on something that lives longer keeps all of its window.
@Timeout(180)
class ClosedWindowsTest {

    private static final int WINDOWS = 3;
    private static final int COLLECTIONS = 20;

    @TempDir
    private Path folder;

    @Test
    void aWindowThatWasUsedAndClosedIsNotKeptInMemory() {
        List<WeakReference<AppWindow>> closed = new ArrayList<>();
        for (int i = 0; i < WINDOWS; i++) {
            closed.add(usedAndClosed(folder.resolve("window-" + i)));
        }
        // The robot keeps the last window that it touched: let that be another one.
        try (WindowOnFakeEngine another =
                new WindowOnFakeEngine(new FakeEngine(), folder.resolve("another"), Locale.ENGLISH)) {
            another.robot().push(KeyCode.DOWN);
            for (int i = 0; i < COLLECTIONS && left(closed) > 0; i++) {
                System.gc();
                ToolkitStart.onFxThread(() -> true);
                another.robot().sleep(100);
            }
            assertThat(left(closed)).as("windows still in memory").isZero();
        }
    }

    @Test
    void whatAWindowShowedInAnotherLanguageIsNotKeptInMemory() {
        FakeEngine engine = new FakeEngine();
        TwoImages.addOld(engine);
        TwoImages.addNew(engine);
        List<WeakReference<Parent>> frames = new ArrayList<>();
        try (WindowOnFakeEngine window = new WindowOnFakeEngine(engine, folder.resolve("window"), Locale.ENGLISH)) {
            for (Locale language : List.of(Locale.ITALIAN, Locale.ENGLISH, Locale.ITALIAN)) {
                frames.add(new WeakReference<>(
                        ToolkitStart.onFxThread(() -> window.scene().getRoot())));
                compare(window);
                doing(() -> window.window().context().navigation().go(Section.CONTAINERS));
                doing(() -> window.window().context().navigation().speak(language));
            }
            window.robot().push(KeyCode.DOWN);
            for (int i = 0; i < COLLECTIONS && left(frames) > 0; i++) {
                System.gc();
                ToolkitStart.onFxThread(() -> true);
                window.robot().sleep(100);
            }
            assertThat(left(frames)).as("frames still in memory").isZero();
        }
    }

    private static void compare(WindowOnFakeEngine window) {
        doing(() -> window.window().context().navigation().go(Section.IMAGES));
        TableView<?> images = window.list();
        window.until(() -> images.getItems().size() == 3);
        doing(() -> images.getSelectionModel().selectRange(0, 2));
        Button compare = window.node("#bulk-compare", Button.class);
        doing(compare::fire);
        window.until(() -> !window.node("#explorer", TableView.class).getItems().isEmpty());
    }

    private static long left(List<? extends WeakReference<?>> kept) {
        return kept.stream().filter(each -> each.get() != null).count();
    }

    private WeakReference<AppWindow> usedAndClosed(Path memory) {
        try (WindowOnFakeEngine window = new WindowOnFakeEngine(
                new FakeEngine(FakeEngine.ROOTFUL, Duration.ofMillis(100)), memory, Locale.ENGLISH)) {
            use(window);
            return new WeakReference<>(window.window());
        }
    }

    private static void use(WindowOnFakeEngine window) {
        window.create("alpha");
        ContainerId id = window.running("beta");
        window.choose(id);
        TabPane tabs = window.node("#tabs", TabPane.class);
        for (int i = 0; i < tabs.getTabs().size(); i++) {
            int tab = i;
            doing(() -> tabs.getSelectionModel().select(tab));
            window.robot().interrupt();
        }
        window.robot().push(KeyCode.F2);
        window.node("#new-name", TextField.class);
        window.robot().push(KeyCode.ESCAPE);
        for (Section section : List.of(Section.IMAGES, Section.TRASH, Section.CONTAINERS)) {
            doing(() -> window.window().context().navigation().go(section));
            window.robot().interrupt();
        }
        for (SettingsPage page : SettingsPage.values()) {
            doing(() -> window.window().context().navigation().showSettings(page.word()));
            window.robot().interrupt();
        }
        doing(() -> window.window().context().navigation().run(Optional.empty()));
        window.robot().push(KeyCode.ESCAPE);
        doing(() -> window.window().context().actions().action("palette").perform());
        window.robot().push(KeyCode.ESCAPE);
    }
}
