package io.darsena.app.compare;

import static io.darsena.app.ToolkitStart.doing;
import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.screen.Section;
import io.darsena.app.shell.Keyboard;
import io.darsena.app.shell.MadeMouse;
import io.darsena.app.shell.ShownLines;
import io.darsena.app.shell.WindowOnFakeEngine;
import io.darsena.bridge.fake.FakeEngine;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Two tags from the list of images to what differs in a file of theirs: once by clicks, once by keys alone, and
/// nothing puts the focus anywhere.
@Timeout(90)
class JourneyToAComparisonTest {

    @TempDir
    private Path folder;

    private WindowOnFakeEngine window;

    @BeforeEach
    void open() {
        FakeEngine engine = new FakeEngine();
        TwoImages.addOld(engine);
        TwoImages.addNew(engine);
        window = new WindowOnFakeEngine(engine, folder.resolve("window"), Locale.ENGLISH);
        window.until(() -> window.list().isFocused());
    }

    @AfterEach
    void close() {
        window.close();
    }

    private String label(String id) {
        return window.read(() -> window.node(id, Label.class).getText());
    }

    private TableView<?> files() {
        return window.node("#explorer", TableView.class);
    }

    /// Of each line of the files that is drawn: what it says of itself, and the mark that is drawn.
    private Map<String, String> marks() {
        return ShownLines.of(files())
                .collect(Collectors.toMap(
                        row -> row.getAccessibleText().split(",")[0],
                        row -> row.lookup(".file-sign") instanceof Label sign ? sign.getText() : ""));
    }

    /// Each mark is drawn as a sign and said as a word.
    private void whatDiffersIsMarkedAndSpoken() {
        window.until(() -> marks().size() > 5);
        assertThat(window.read(this::marks))
                .containsEntry("new.css file added 900\u00a0B", "+")
                .containsEntry("old.css file removed 500\u00a0B", "−")
                .containsEntry("motd file removed 286\u00a0B", "−")
                .containsEntry("index.html file changed 2.6\u00a0KB", "~");
        Node changed = row("index.html");
        assertThat(changed.getAccessibleRole()).isEqualTo(AccessibleRole.TABLE_ROW);
        assertThat(changed.getAccessibleText()).contains("was 2\u00a0KB");
        assertThat(window.read(() -> files().getAccessibleText())).isEqualTo("Files");
    }

    private Node row(String spoken) {
        return window.read(() -> ShownLines.beginning(files(), spoken).orElseThrow());
    }

    private void bothAreBesideEachOther() {
        ListView<?> rows = window.node("#beside-rows", ListView.class);
        window.until(() -> !rows.getItems().isEmpty());
        assertThat(label("#file-title")).isEqualTo("/srv/index.html");
        assertThat(label("#beside-before")).isEqualTo("acme/site:1.3");
        assertThat(label("#beside-after")).isEqualTo("acme/site:1.4");
        window.until(() -> rows.lookupAll(".diff-sign").stream()
                .anyMatch(
                        sign -> sign instanceof Label drawn && !drawn.getText().isBlank()));
    }

    private Optional<IndexedCell<?>> layer(String spoken) {
        return ShownLines.find(window.node("#compared-layers", ListView.class), spoken);
    }

    private void layersAreSpoken() {
        window.until(() -> layer("RUN rm /etc/motd").isPresent());
        Node cell = window.read(() -> layer("RUN rm /etc/motd").orElseThrow());
        assertThat(cell.getAccessibleRole()).isEqualTo(AccessibleRole.LIST_ITEM);
        assertThat(cell.getAccessibleText()).contains("COPY site /srv/").contains("2");
        assertThat(cell.getAccessibleHelp()).isNotBlank();
    }

    private void theStepIsShown() {
        window.until(() -> label("#image-shown").equals("acme/site:1.4"));
        window.until(() -> window.says("Layer 2 of 3"::equals));
    }

    @Test
    void byClicks() {
        window.click("Images");
        window.until(() -> window.list().getItems().size() == 3);
        window.click("1.3");
        new MadeMouse(window).click("1.4", KeyCode.CONTROL);
        window.click("#bulk-compare");
        whatDiffersIsMarkedAndSpoken();
        window.doubleClick("index.html");
        bothAreBesideEachOther();
        window.click("#close-file");
        window.until(() -> window.robot().lookup("#file-title").tryQuery().isEmpty());

        window.click("Layers");
        layersAreSpoken();
        window.click("+ RUN rm /etc/motd");
        theStepIsShown();
    }

    @Test
    void byKeysAlone() {
        Keyboard keyboard = new Keyboard(window);
        keyboard.press(KeyCode.CONTROL, KeyCode.DIGIT2);
        window.until(() -> window.window().context().navigation().section().get() == Section.IMAGES
                && window.list().isFocused()
                && window.list().getItems().size() == 3);
        keyboard.press(KeyCode.DOWN);
        keyboard.press(KeyCode.SHIFT, KeyCode.DOWN);
        window.until(() -> window.says("2 selected"::equals));
        keyboard.tabBackTo("bulk-compare");
        keyboard.press(KeyCode.SPACE);
        window.until(() -> files().isFocused());
        whatDiffersIsMarkedAndSpoken();
        keyboard.pressUntil(() -> ShownLines.isChosen(files(), "index.html"), KeyCode.DOWN);
        keyboard.press(KeyCode.ENTER);
        bothAreBesideEachOther();
        keyboard.press(KeyCode.ESCAPE);
        window.until(() -> files().isFocused());

        keyboard.pressUntil(() -> window.scene().getFocusOwner() instanceof TabPane, KeyCode.SHIFT, KeyCode.TAB);
        keyboard.press(KeyCode.RIGHT);
        keyboard.press(KeyCode.RIGHT);
        layersAreSpoken();
        keyboard.tabTo("compared-layers");
        keyboard.pressUntil(
                () -> layer("RUN rm /etc/motd").filter(IndexedCell::isSelected).isPresent(), KeyCode.DOWN);
        keyboard.press(KeyCode.ENTER);
        theStepIsShown();
        doing(() -> assertThat(window.window().context().navigation().compared().get())
                .isEmpty());
    }
}
