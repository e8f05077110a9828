package io.darsena.app.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.compare.TwoImages;
import io.darsena.app.shell.Keyboard;
import io.darsena.app.shell.WindowOnFakeEngine;
import io.darsena.bridge.Engine;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.fake.FakeEngine;
import io.darsena.bridge.fake.FakeLayer;
import io.darsena.bridge.image.ImageConfig;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.scene.AccessibleRole;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TabPane;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What in the lists says that there is something newer leads to it, by a click and by a key.
@Timeout(90)
class UpdateMarkTest {

    private static final String CHANGES =
            "A pull would fetch 1.8 KB (1 of 3 layers) · 2 differences in the configuration";

    private static final String NAME = "acme/web:1";

    @TempDir
    private Path folder;

    private WindowOnFakeEngine window;

    private ContainerId old;

    @BeforeEach
    void open() {
        FakeEngine engine = new FakeEngine();
        TwoImages.addOldWithUpdate(engine);
        ImageConfig config =
                new ImageConfig(List.of(), List.of("starter"), List.of(), "", "", "", List.of(), List.of(), Map.of());
        engine.addImage(NAME, config, List.of(FakeLayer.of("ADD", "f 900 etc/passwd")));
        Engine door = engine;
        old = door.containers().create(ContainerSpec.of(NAME).withName("web"));
        door.containers().start(old);
        ImageId newer =
                engine.addImage("acme/web:2", config, List.of(FakeLayer.of("ADD", "f 900 etc/passwd", "f 5 etc/motd")));
        door.images().tag(newer, ImageReference.parse(NAME));
        window = new WindowOnFakeEngine(engine, folder.resolve("window"), Locale.ENGLISH);
        window.until(() -> window.list().isFocused() && window.scene().lookup(".update-mark") != null);
    }

    @AfterEach
    void close() {
        window.close();
    }

    private String label(String id) {
        return window.read(() -> window.node(id, Label.class).getText().replace('\u00a0', ' '));
    }

    private UpdateMark mark() {
        return window.node(".update-mark", UpdateMark.class);
    }

    @Test
    void inTheListOfImagesAClickShowsWhatTheUpdateWouldChange() {
        window.click("Images");
        window.until(() -> window.list().getItems().size() == 5);
        UpdateMark mark = mark();
        assertThat(mark.getAccessibleRole()).isEqualTo(AccessibleRole.HYPERLINK);
        assertThat(window.read(mark::getAccessibleText)).startsWith("Update available");
        assertThat(window.read(() -> mark.getTooltip().getText())).contains("A click or Ctrl+U");
        window.click(".update-mark");
        window.until(() -> label("#compare-summary").equals(CHANGES));
        new Keyboard(window).press(KeyCode.ALT, KeyCode.LEFT);
        window.until(() -> window.list().getItems().size() == 5);
        window.click("1.3");
        window.until(() -> label("#image-shown").equals(TwoImages.OLD));
    }

    @Test
    void inTheListOfImagesAKeyShowsIt() {
        Keyboard keyboard = new Keyboard(window);
        keyboard.press(KeyCode.CONTROL, KeyCode.DIGIT2);
        window.until(() -> window.list().isFocused() && window.list().getItems().size() == 5);
        keyboard.pressUntil(() -> window.says(TwoImages.OLD::equals), KeyCode.DOWN);
        keyboard.press(KeyCode.CONTROL, KeyCode.U);
        window.until(() -> label("#compare-summary").equals(CHANGES));
    }

    private void whatCanBeDoneIsShown() {
        window.until(() -> window.node("#tabs", TabPane.class)
                .getSelectionModel()
                .getSelectedItem()
                .getText()
                .equals("Summary"));
        window.until(() -> window.says("Recreate…"::equals));
    }

    private void bothAreCompared() {
        window.until(() -> label("#compare-summary").startsWith("1 file added"));
        assertThat(label("#beforeName")).startsWith(NAME + " · ").isNotEqualTo(label("#afterName"));
    }

    @Test
    void atAContainerOfAnOlderImageAClickShowsWhatCanBeDone() {
        UpdateMark mark = mark();
        assertThat(mark.getAccessibleRole()).isEqualTo(AccessibleRole.HYPERLINK);
        assertThat(window.read(mark::getAccessibleText)).startsWith("Runs an older image: " + NAME);
        window.click(".update-mark");
        whatCanBeDoneIsShown();
        window.click("#compare-newer");
        bothAreCompared();
    }

    @Test
    void atAContainerOfAnOlderImageAKeyShowsIt() {
        Keyboard keyboard = new Keyboard(window);
        keyboard.press(KeyCode.DOWN);
        window.until(() -> !window.list().getSelectionModel().isEmpty());
        keyboard.press(KeyCode.CONTROL, KeyCode.U);
        whatCanBeDoneIsShown();
        window.until(() -> keyboard.isOn("compare-newer"));
        keyboard.press(KeyCode.SPACE);
        bothAreCompared();
    }

    @Test
    void theMenuOfAContainerOffersItToThoseOfAnOlderImageAlone() {
        window.create("current");
        window.robot().rightClickOn(window.place("current"));
        window.until(() -> !offered().isEmpty());
        assertThat(window.read(UpdateMarkTest::offered))
                .contains("menu-recreate")
                .doesNotContain("menu-newer");
        new Keyboard(window).press(KeyCode.ESCAPE);
        window.until(() -> offered().isEmpty());
        window.choose(old);
        window.robot().rightClickOn(window.place("web"));
        window.until(() -> offered().contains("menu-newer"));
        new Keyboard(window).press(KeyCode.ESCAPE);
    }

    private static List<String> offered() {
        return Window.getWindows().stream()
                .filter(shown -> shown instanceof ContextMenu && shown.isShowing())
                .flatMap(shown -> ((ContextMenu) shown).getItems().stream())
                .map(MenuItem::getId)
                .map(String::valueOf)
                .toList();
    }
}
