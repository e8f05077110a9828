package io.darsena.app.layers;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.ToolkitStart;
import io.darsena.app.shell.Keyboard;
import io.darsena.app.shell.ShownLines;
import io.darsena.app.shell.WindowOnFakeEngine;
import io.darsena.bridge.fake.FakeEngine;
import io.darsena.bridge.fake.FakeLayer;
import io.darsena.bridge.image.ImageConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
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

/// From the list of images through a step of the pyramid and a directory of its layer into a file, whose text is
/// searched: once by real clicks, once by keys alone, and nothing puts the focus anywhere.
@Timeout(90)
class JourneyIntoAnImageTest {

    private static final String STEP = "COPY pages /srv/";
    private static final String PAGE = "/srv/pages/welcome.html";
    private static final String HARBOUR = "<p>A harbour for containers.</p>";

    @TempDir
    private Path folder;

    private WindowOnFakeEngine window;

    @BeforeEach
    void open() {
        FakeEngine engine = new FakeEngine();
        ImageConfig config =
                new ImageConfig(List.of(), List.of("site"), List.of(), "", "", "", List.of(), List.of(), Map.of());
        engine.addImage(
                "acme/web:1",
                config,
                List.of(
                        FakeLayer.of(
                                "/bin/sh -c #(nop) ADD file:9f in / ", "d etc", "f 900 etc/passwd", "f 9 etc/motd"),
                        new FakeLayer("COPY pages /srv/ # buildkit", pages()),
                        FakeLayer.of("COPY site.conf /etc/ # buildkit", "f 500 etc/site.conf", "w etc/motd")));
        window = new WindowOnFakeEngine(engine, folder.resolve("window"), Locale.ENGLISH);
        window.until(() -> window.list().isFocused());
    }

    /// More than open by themselves.
    private static List<String> pages() {
        List<String> entries = new ArrayList<>(List.of("d etc", "f 70 etc/pages.conf", "d srv", "d srv/pages"));
        for (int page = 10; page < 90; page++) {
            entries.add("f 40 srv/pages/page-" + page + ".html");
        }
        entries.add("t srv/pages/welcome.html <h1>Welcome</h1>\n" + HARBOUR
                + "\n<p>Come in.</p>\n<p>This HARBOUR is deep.</p>");
        return entries;
    }

    @AfterEach
    void close() {
        window.close();
    }

    private PyramidView pyramid() {
        return (PyramidView) window.node("#pyramid", ListView.class);
    }

    private ExplorerTable files() {
        return (ExplorerTable) window.node("#explorer", TableView.class);
    }

    private ListView<?> text() {
        return window.node("#file-lines", ListView.class);
    }

    private String label(String id) {
        return window.read(() -> window.node(id, Label.class).getText());
    }

    private Node step(String spoken) {
        return window.read(() -> ShownLines.find(pyramid(), spoken).orElseThrow());
    }

    private boolean isListed(String spoken) {
        return ShownLines.find(files(), spoken).isPresent();
    }

    private Node row(String spoken) {
        window.until(() -> isListed(spoken));
        return window.read(() -> ShownLines.find(files(), spoken).orElseThrow());
    }

    /// What is told to who cannot see it.
    private void stepsAndFilesAreSpoken() {
        window.until(() -> isListed("srv directory added open"));
        ToolkitStart.doing(() -> {
            assertThat(pyramid().getAccessibleRole()).isEqualTo(AccessibleRole.LIST_VIEW);
            assertThat(pyramid().getAccessibleText()).isNotBlank();
            assertThat(files().getAccessibleRole()).isEqualTo(AccessibleRole.TABLE_VIEW);
            assertThat(files().getAccessibleText()).isEqualTo("Files");
        });
        Node step = step(STEP);
        assertThat(step.getAccessibleRole()).isEqualTo(AccessibleRole.LIST_ITEM);
        assertThat(step.getAccessibleText())
                .startsWith("Layer 2 of 3: COPY pages /srv/.")
                .contains("entries");
        Node line = row("pages.conf");
        assertThat(line.getAccessibleRole()).isEqualTo(AccessibleRole.TABLE_ROW);
        assertThat(line.getAccessibleText())
                .startsWith("pages.conf file added 70\u00a0B")
                .contains("mode -rw-r--r--");
        assertThat(row("pages directory").getAccessibleText()).startsWith("pages directory added closed");
    }

    private void welcomeIsOpen() {
        window.until(
                () -> label("#file-title").equals(PAGE) && text().getItems().size() == 4);
        window.until(() -> ShownLines.find(text(), HARBOUR).isPresent());
        assertThat(window.read(() -> text().getAccessibleText())).isEqualTo(PAGE);
    }

    private boolean isFound(String words, int line) {
        return window.says(words::equals)
                && text().getSelectionModel().getSelectedIndices().equals(List.of(line))
                && text().lookupAll(".found-word").stream()
                        .anyMatch(word -> ((Label) word).getText().equalsIgnoreCase("harbour"));
    }

    @Test
    void byClicks() {
        window.click("Images");
        window.click("acme/web");
        window.until(() -> pyramid().getItems().size() == 3 && isListed("site.conf file added"));
        window.click(STEP);
        window.until(() -> window.says("Layer 2 of 3"::equals));
        stepsAndFilesAreSpoken();
        assertThat(isSpoken("welcome.html")).isFalse();

        Node pages = row("pages directory added closed");
        window.click(node -> node.getStyleClass().contains("file-opener") && isWithin(node, pages));
        window.until(() -> isListed("pages directory added open") && isListed("page-10.html file added"));
        window.click("#file-filter");
        window.robot().write("welcome");
        window.until(() -> isListed("welcome.html file added"));
        window.doubleClick("welcome.html");
        welcomeIsOpen();

        window.click(".file-viewer .find-field");
        window.robot().write("harbour");
        window.until(() -> isFound("1 of 2", 1));
        window.click("#find-next");
        window.until(() -> isFound("2 of 2", 3));
        window.click(".file-viewer .icon-toggle");
        window.until(() -> window.says("1 of 1"::equals));
        window.click("#close-file");
        window.until(() -> window.robot().lookup("#file-title").tryQuery().isEmpty());
        assertThat(isSpoken("welcome.html")).isTrue();
    }

    private boolean isSpoken(String words) {
        return window.read(() -> isListed(words));
    }

    private static boolean isWithin(Node node, Node whole) {
        return Stream.iterate(node, each -> each != null, Node::getParent).anyMatch(whole::equals);
    }

    @Test
    void byKeysAlone() {
        Keyboard keyboard = new Keyboard(window);
        keyboard.press(KeyCode.CONTROL, KeyCode.DIGIT2);
        window.until(() -> window.list().isFocused() && window.list().getItems().size() == 2);
        keyboard.pressUntil(() -> window.says("acme/web:1"::equals), KeyCode.DOWN);
        window.until(() -> pyramid().getItems().size() == 3 && isListed("site.conf file added"));
        keyboard.press(KeyCode.F6);
        window.until(() -> window.scene().getFocusOwner() instanceof TabPane);
        keyboard.tabTo("pyramid");
        keyboard.press(KeyCode.DOWN);
        window.until(() -> window.says("Layer 2 of 3"::equals));
        stepsAndFilesAreSpoken();

        keyboard.press(KeyCode.ENTER);
        window.until(() -> files().isFocused());
        keyboard.pressUntil(() -> ShownLines.isChosen(files(), "pages directory"), KeyCode.DOWN);
        keyboard.press(KeyCode.RIGHT);
        window.until(() ->
                ShownLines.isChosen(files(), "pages directory added open") && isListed("page-10.html file added"));
        keyboard.press(KeyCode.END);
        window.until(() -> ShownLines.isChosen(files(), "welcome.html file added"));
        keyboard.press(KeyCode.ENTER);
        welcomeIsOpen();

        keyboard.press(KeyCode.CONTROL, KeyCode.F);
        keyboard.write("harbour");
        window.until(() -> isFound("1 of 2", 1));
        keyboard.press(KeyCode.ENTER);
        window.until(() -> isFound("2 of 2", 3));
        keyboard.press(KeyCode.SHIFT, KeyCode.F3);
        window.until(() -> isFound("1 of 2", 1));
        keyboard.press(KeyCode.ESCAPE);
        keyboard.press(KeyCode.ESCAPE);
        window.until(() -> text().isFocused());
        keyboard.press(KeyCode.ESCAPE);
        window.until(() -> window.robot().lookup("#file-title").tryQuery().isEmpty());
        window.until(() -> files().isFocused() && ShownLines.isChosen(files(), "welcome.html"));
    }
}
