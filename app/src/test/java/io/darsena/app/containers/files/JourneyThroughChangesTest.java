package io.darsena.app.containers.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.layers.ExplorerRows;
import io.darsena.app.layers.ExplorerTable;
import io.darsena.app.shell.Keyboard;
import io.darsena.app.shell.MadeMouse;
import io.darsena.app.shell.ShownLines;
import io.darsena.app.shell.WindowOnFakeEngine;
import io.darsena.bridge.Engine;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.fake.FakeEngine;
import io.darsena.bridge.fake.FakeLayer;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// From the list of containers to what a running one has written: a file of it is reverted, chosen ones become an
/// image. Once by clicks, once by keys alone, and nothing puts the focus anywhere.
@Timeout(90)
class JourneyThroughChangesTest {

    private static final ImageConfig CONFIG =
            new ImageConfig(List.of(), List.of("starter"), List.of(), "", "", "", List.of(), List.of(), Map.of());

    @TempDir
    private Path folder;

    private WindowOnFakeEngine window;
    private ContainerId id;

    @BeforeEach
    void open() {
        FakeEngine engine = new FakeEngine();
        engine.addImage(
                "acme/site:1",
                CONFIG,
                List.of(FakeLayer.of("ADD base", "d etc", "f 286 etc/motd", "f 900 etc/passwd", "d srv")));
        Engine door = engine;
        id = door.containers().create(ContainerSpec.of("acme/site:1").withName("web-1"));
        door.containers().start(id);
        engine.change(
                id,
                FakeLayer.of(
                        "", "w etc/motd", "f 30 etc/passwd", "f 60 etc/site.conf", "d srv/data", "f 9 srv/data/log"));
        window = new WindowOnFakeEngine(engine, folder.resolve("window"), Locale.ENGLISH);
        window.until(() -> window.list().isFocused());
    }

    @AfterEach
    void close() {
        window.close();
    }

    private ExplorerTable files() {
        return (ExplorerTable) window.node("#explorer", TableView.class);
    }

    private List<String> paths() {
        ExplorerTable files = files();
        return files.lines().stream()
                .map(row ->
                        ((ExplorerRows) files.getItems()).tree().orElseThrow().path(row.node()))
                .toList();
    }

    private boolean isChosen(String... names) {
        return files().chosen().stream().map(Object::toString).toList().equals(List.of(names));
    }

    private Node row(String spoken) {
        return ShownLines.beginning(files(), spoken).orElseThrow();
    }

    private void whatChangedIsListedAndSpoken() {
        window.until(() -> paths().containsAll(List.of("etc/motd", "etc/passwd", "etc/site.conf", "srv/data/log")));
        window.until(() -> row("passwd file changed 30\u00a0B").getAccessibleRole() == AccessibleRole.TABLE_ROW
                && row("motd file removed").isVisible()
                && row("site.conf file added 60\u00a0B").isVisible());
    }

    private void isReverted() {
        window.until(() -> window.says("/etc/passwd: restored to what the image has"::equals));
        window.until(() -> !paths().contains("etc/passwd"));
        assertThat(window.read(this::paths)).contains("etc/motd", "etc/site.conf", "srv/data/log");
        assertThat(window.containers().container(id).status()).isEqualTo(ContainerStatus.RUNNING);
    }

    private void onlyTheChosenAreToBeCommitted() {
        window.until(() -> window.node("#commit-name", Node.class).isFocused());
        window.until(() -> window.node("#commit-chosen", RadioButton.class).isSelected());
        TextArea dockerfile = window.node("#commit-dockerfile", TextArea.class);
        window.until(() -> !dockerfile.getText().isEmpty());
        String words = window.read(dockerfile::getText);
        assertThat(words)
                .contains("etc/passwd")
                .contains("etc/site.conf")
                .doesNotContain("motd")
                .doesNotContain("srv");
    }

    /// With the changes that were chosen, and no others.
    private void theImageIsShown() {
        window.until(() -> window.list().getItems().size() == 1 && window.says("acme/site"::equals));
        Image made = ((Engine) window.engine()).images().find("acme/site:2").orElseThrow();
        assertThat(made.layers()).hasSize(2);
        assertThat(made.size()).isEqualTo(286 + 900 + 30 + 60);
    }

    @Test
    void aFileIsRevertedByClicks() {
        window.click("web-1");
        window.click("Files");
        whatChangedIsListedAndSpoken();
        window.click("passwd");
        window.until(() -> isChosen("etc/passwd"));
        window.click("#revert");
        window.until(() -> window.says("Revert /etc/passwd?"::equals));
        window.until(() -> window.says(words -> words.contains("The container is running")));
        window.click(".dialog-pane .danger");
        isReverted();
    }

    @Test
    void chosenFilesBecomeAnImageByClicks() {
        window.click("web-1");
        window.click("Files");
        whatChangedIsListedAndSpoken();
        window.click("passwd");
        new MadeMouse(window).click("site.conf", KeyCode.CONTROL);
        window.until(() -> isChosen("etc/passwd", "etc/site.conf"));
        window.click("#commit");
        onlyTheChosenAreToBeCommitted();
        window.click("#commit-name");
        window.robot().write("acme/site:2");
        window.click("#commit-verb");
        window.until(() -> window.says("The image acme/site:2 was created."::equals));
        window.click("#commit-show");
        theImageIsShown();
    }

    /// From the list to the files.
    private Keyboard toTheFiles() {
        Keyboard keyboard = new Keyboard(window);
        keyboard.press(KeyCode.DOWN);
        keyboard.press(KeyCode.ENTER);
        window.until(() -> window.scene().getFocusOwner() instanceof TabPane);
        keyboard.pressUntil(() -> isShown("Files"), KeyCode.RIGHT);
        whatChangedIsListedAndSpoken();
        keyboard.tabTo("explorer");
        keyboard.pressUntil(() -> isChosen("etc/passwd"), KeyCode.DOWN);
        return keyboard;
    }

    private boolean isShown(String tab) {
        return window.node("#tabs", TabPane.class)
                .getSelectionModel()
                .getSelectedItem()
                .getText()
                .equals(tab);
    }

    @Test
    void aFileIsRevertedByKeysAlone() {
        Keyboard keyboard = toTheFiles();
        keyboard.press(KeyCode.CONTROL, KeyCode.BACK_SPACE);
        window.until(() -> window.says("Revert /etc/passwd?"::equals));
        window.until(() -> focusedButton().equals("Cancel"));
        keyboard.pressUntil(() -> focusedButton().equals("Revert"), KeyCode.TAB);
        keyboard.press(KeyCode.SPACE);
        isReverted();
        window.until(() -> files().isFocused());
    }

    private static String focusedButton() {
        return Window.getWindows().stream()
                .filter(Window::isFocused)
                .map(shown -> shown.getScene().getFocusOwner())
                .filter(Button.class::isInstance)
                .map(owner -> ((Button) owner).getText())
                .findFirst()
                .orElse("");
    }

    @Test
    void chosenFilesBecomeAnImageByKeysAlone() {
        Keyboard keyboard = toTheFiles();
        keyboard.press(KeyCode.SHIFT, KeyCode.DOWN);
        window.until(() -> isChosen("etc/passwd", "etc/site.conf"));
        keyboard.tabBackTo("commit");
        keyboard.press(KeyCode.SPACE);
        onlyTheChosenAreToBeCommitted();
        keyboard.write("acme/site:2");
        keyboard.press(KeyCode.ENTER);
        window.until(() -> window.says("The image acme/site:2 was created."::equals));
        window.until(() -> window.node("#commit-show", Button.class).isFocused());
        keyboard.press(KeyCode.ENTER);
        theImageIsShown();
    }
}
