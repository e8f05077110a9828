package io.darsena.app.compare;

import static io.darsena.app.ToolkitStart.doing;
import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.ToolkitStart;
import io.darsena.app.layers.ExplorerRows;
import io.darsena.app.layers.ExplorerTable;
import io.darsena.app.screen.ComparedSides.Side;
import io.darsena.app.screen.Section;
import io.darsena.app.shell.ShownLines;
import io.darsena.app.shell.WindowOnFakeEngine;
import io.darsena.bridge.Engine;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.fake.FakeEngine;
import io.darsena.bridge.fake.FakeLayer;
import io.darsena.bridge.layer.FileListing;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A container beside its image, another image, another container.
@Timeout(60)
class CompareContainerTest {

    @TempDir
    private Path folder;

    private WindowOnFakeEngine window;
    private FakeEngine engine;
    private ContainerId id;
    private ContainerId other;

    @BeforeEach
    void open() {
        engine = new FakeEngine();
        TwoImages.addOld(engine);
        TwoImages.addNew(engine);
        Engine here = engine;
        id = here.containers()
                .create(ContainerSpec.of(TwoImages.OLD)
                        .withName("web-1")
                        .withUser("33")
                        .withCommand(List.of("site", "--debug"))
                        .withEnvironment(List.of("MODE=fast"))
                        .withLabels(Map.of("team", "web")));
        other = here.containers().create(ContainerSpec.of(TwoImages.OLD).withName("web-2"));
        engine.change(
                id,
                FakeLayer.of(
                        "",
                        "t srv/index.html changed",
                        "t srv/new.txt one",
                        "w srv/old.css",
                        "t etc/same.conf a",
                        "x etc/same.conf user.note first"));
        engine.change(
                other, FakeLayer.of("", "t etc/same.conf a", "x etc/same.conf user.note second", "t srv/new.txt two"));
        window = new WindowOnFakeEngine(engine, folder.resolve("window"), Locale.ENGLISH);
        window.choose(id);
    }

    @AfterEach
    void close() {
        window.close();
    }

    private Set<String> lines() {
        return window.read(() -> new TreeSet<>(ShownLines.heads(window.node("#explorer", TableView.class))));
    }

    private String text(String id) {
        Labeled label = window.node(id, Labeled.class);
        return ToolkitStart.onFxThread(label::getText);
    }

    private void press(KeyCode key) {
        window.robot().type(key);
    }

    private void palette(String words) {
        window.robot().press(KeyCode.CONTROL, KeyCode.SHIFT).type(KeyCode.P).release(KeyCode.SHIFT, KeyCode.CONTROL);
        window.node("#palette-field", Node.class);
        window.robot().write(words);
        press(KeyCode.ENTER);
        window.node("#compare-field", Node.class);
    }

    @Test
    void theKeyboardLeadsFromTheContainerToItsImageAndBack() {
        palette("compare web-1");
        window.until(() -> window.says("Compare web-1 with"::equals));
        press(KeyCode.ENTER);
        window.until(() ->
                text("#beforeName").equals(TwoImages.OLD) && text("#afterName").equals("web-1"));
        window.until(() -> text("#compare-summary").startsWith("2 files added (+4\u00a0B) · 1 file removed"));
        assertThat(text("#compare-summary")).endsWith("4 differences in the configuration");
        assertThat(text("#afterFacts")).startsWith("After · container, 90");
        assertThat(text("#compare-growth")).isEqualTo("+11\u00a0B");
        assertThat(lines())
                .contains("old.css file removed 500\u00a0B", "new.txt file added 3\u00a0B")
                .anyMatch(line -> line.startsWith("index.html file changed"))
                .noneMatch(line -> line.startsWith("passwd"));
        window.click("#back");
        window.until(() -> window.window().context().navigation().section().get() == Section.CONTAINERS);
    }

    @Test
    void itsMenuOffersImagesFirstItsOwnAndContainersButNotItself() {
        TableView<?> list = window.list();
        doing(list::requestFocus);
        window.robot().press(KeyCode.SHIFT, KeyCode.F10).release(KeyCode.SHIFT, KeyCode.F10);
        if (!window.says("Compare with…"::equals)) {
            // The headless keyboard has no key for menus.
            window.robot().rightClickOn("web-1");
        }
        window.click("Compare with…");
        ListView<?> choices = window.node("#compare-choices", ListView.class);
        window.until(() -> choices.getItems().size() == 4);
        assertThat(ToolkitStart.onFxThread(() -> choices.getItems().stream()
                        .map(each -> ((Side) each).name())
                        .toList()))
                .containsExactly(TwoImages.OLD, TwoImages.NEW, "darsena/starter:latest", "web-2");
        window.robot().write("nothing like it");
        window.until(() -> window.says("No other image or container has these letters in its name."::equals));
    }

    @Test
    void configurationsAreComparedAsTheContainerIsRun() {
        palette("compare web-1");
        press(KeyCode.ENTER);
        window.until(() -> !lines().isEmpty());
        doing(() ->
                window.node("#compare-tabs", TabPane.class).getSelectionModel().select(1));
        TableView<?> config = window.node("#compared-config", TableView.class);
        window.until(() -> config.getItems().size() == 4);
        assertThat(ToolkitStart.onFxThread(() -> config.lookupAll(".table-row-cell").stream()
                        .map(Node::getAccessibleText)
                        .filter(words -> words != null && !words.isEmpty())
                        .toList()))
                .contains(
                        "User added: 33",
                        "Variable MODE added: fast",
                        "Label team added: web",
                        "Command changed from [\"site\"] to [\"site\", \"--debug\"]");
    }

    @Test
    void twoContainersDifferInValuesOfAttributesWhichStandBesideEachOther() {
        palette("compare web-1");
        window.robot().write("web-2");
        press(KeyCode.ENTER);
        window.until(
                () -> text("#beforeName").equals("web-1") && text("#afterName").equals("web-2"));
        window.until(() -> lines().stream().anyMatch(line -> line.startsWith("same.conf file changed")));
        window.until(() -> window.says("extended attributes differ"::equals));
        assertThat(text("#compare-told")).contains("1 differs", "1 entry has other extended attributes.");
        ExplorerTable files = window.node("#explorer", ExplorerTable.class);
        choose(files, "same.conf");
        window.robot().press(KeyCode.ALT).type(KeyCode.ENTER).release(KeyCode.ALT);
        window.until(() -> text("#properties-before").equals("web-1")
                && text("#properties-after").equals("web-2"));
        window.until(() -> window.says("first"::equals) && window.says("second"::equals));
        press(KeyCode.ESCAPE);
        choose(files, "new.txt");
        press(KeyCode.ENTER);
        window.until(
                () -> !window.node("#beside-rows", ListView.class).getItems().isEmpty());
        assertThat(text("#beside-before")).isEqualTo("web-1");
    }

    private static void choose(ExplorerTable files, String name) {
        doing(() -> {
            files.requestFocus();
            for (int line = 0; line < files.lines().size(); line++) {
                FileListing listing = ((ExplorerRows) files.getItems()).files().orElseThrow();
                if (listing.name(files.lines().get(line).node()).equals(name)) {
                    files.getSelectionModel().clearAndSelect(line);
                    files.scrollTo(line);
                }
            }
        });
    }

    @Test
    void whatTheContainerChangesMeanwhileIsReadAtF5() {
        palette("compare web-1");
        press(KeyCode.ENTER);
        window.until(() -> lines().contains("new.txt file added 3\u00a0B"));
        engine.change(id, FakeLayer.of("", "t srv/newer.txt four"));
        doing(() -> window.node("#explorer", ExplorerTable.class).requestFocus());
        press(KeyCode.F5);
        window.until(() -> lines().equals(Set.of("srv directory", "newer.txt file added 4\u00a0B"))
                || lines().stream().anyMatch(line -> line.startsWith("newer.txt file added")));
        assertThat(lines()).noneMatch(line -> line.startsWith("new.txt"));
        assertThat(text("#compare-growth")).isEqualTo("+4\u00a0B");
    }

    @Test
    void whatCouldNotBeReadAtF5IsReadWhenAskedAgain() {
        palette("compare web-1");
        press(KeyCode.ENTER);
        window.until(() -> lines().contains("new.txt file added 3\u00a0B"));
        engine.failNext("show files", new NotFoundException("show the files of", "it", "it went", ""));
        doing(() -> window.node("#explorer", ExplorerTable.class).requestFocus());
        press(KeyCode.F5);
        window.until(() -> window.says(words -> words.contains("It went")));
        engine.change(id, FakeLayer.of("", "t srv/newer.txt four"));
        window.click("#compare-retry");
        window.until(() -> lines().stream().anyMatch(line -> line.startsWith("newer.txt file added")));
    }

    @Test
    void theContainersOwnLayerStandsOnThoseOfItsImageAndLeadsToIt() {
        palette("compare web-1");
        press(KeyCode.ENTER);
        window.until(() -> !lines().isEmpty());
        doing(() ->
                window.node("#compare-tabs", TabPane.class).getSelectionModel().selectLast());
        ListView<?> rows = window.node("#compared-layers", ListView.class);
        window.until(() -> rows.getItems().size() == 3 && window.says("+ This container’s changes"::equals));
        assertThat(text("#layers-shared")).doesNotContain("fetches");
        doing(() -> {
            rows.requestFocus();
            rows.getSelectionModel().select(0);
        });
        press(KeyCode.ENTER);
        window.until(
                () -> window.window().context().navigation().container().get().equals(Optional.of(id)));
    }
}
