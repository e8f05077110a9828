package io.darsena.app.compare;

import static io.darsena.app.ToolkitStart.doing;
import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.ToolkitStart;
import io.darsena.app.layers.ExplorerRows;
import io.darsena.app.layers.ExplorerTable;
import io.darsena.app.screen.ComparedSides;
import io.darsena.app.screen.ComparedSides.Here;
import io.darsena.app.screen.Section;
import io.darsena.app.shell.ShownLines;
import io.darsena.app.shell.WindowOnFakeEngine;
import io.darsena.app.theme.WindowMemory;
import io.darsena.app.theme.Zoom;
import io.darsena.bridge.Engine;
import io.darsena.bridge.error.CorruptedException;
import io.darsena.bridge.fake.FakeEngine;
import io.darsena.bridge.fake.FakeLayer;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.layer.ExtendedAttribute;
import io.darsena.bridge.layer.FileListing;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Two images beside each other, in the window.
@Timeout(60)
class CompareScreenTest {

    @TempDir
    private Path folder;

    private WindowOnFakeEngine window;
    private ImageId old;

    @BeforeEach
    void open() {
        FakeEngine engine = new FakeEngine();
        old = TwoImages.addOld(engine);
        TwoImages.addNew(engine);
        window = new WindowOnFakeEngine(engine, folder.resolve("window"), Locale.ENGLISH);
        doing(() -> window.window().context().navigation().go(Section.IMAGES));
        TableView<?> images = window.list();
        window.until(() -> images.getItems().size() == 3);
    }

    @AfterEach
    void close() {
        window.close();
    }

    private void compareTheFirstTwo() {
        TableView<?> images = window.list();
        doing(() -> images.getSelectionModel().selectRange(0, 2));
        window.click("#bulk-compare");
        window.until(() -> !lines().isEmpty());
    }

    /// What each line that is shown says of itself.
    private Set<String> lines() {
        return window.read(() -> new TreeSet<>(ShownLines.heads(window.node("#explorer", TableView.class))));
    }

    private String text(String id) {
        Labeled label = window.node(id, Labeled.class);
        return ToolkitStart.onFxThread(label::getText);
    }

    private void press(KeyCode... keys) {
        window.robot().push(keys);
    }

    @Test
    void twoThatAreSelectedAreCompared() {
        compareTheFirstTwo();
        window.until(() -> window.says("acme/site:1.3"::equals) && window.says("acme/site:1.4"::equals));
        assertThat(text("#compare-summary"))
                .isEqualTo("1 file added (+900\u00a0B) · 2 files removed (−786\u00a0B) · 1 file changed (+600\u00a0B)"
                        + " · 2 differences in the configuration");
        assertThat(lines())
                .contains(
                        "motd file removed 286\u00a0B",
                        "new.css file added 900\u00a0B",
                        "old.css file removed 500\u00a0B",
                        "index.html file changed 2.6\u00a0KB")
                .noneMatch(line -> line.startsWith("passwd") || line.startsWith("same"));
        window.until(() -> text("#compare-told").endsWith("have been compared: all are the same."));
    }

    @Test
    void muchIsComparedByContentAtAButton() {
        FakeEngine engine = window.engine();
        FakeLayer large = FakeLayer.of("COPY large /srv/", "f 90000000 srv/large");
        FakeLayer again = FakeLayer.of("COPY large /srv/", "f 90000000 srv/large", "t srv/a 1");
        ImageId one = engine.addImage("acme/large:1", FakeEngine.STARTER_CONFIG, List.of(large));
        ImageId two = engine.addImage(
                "acme/large:2", FakeEngine.STARTER_CONFIG, List.of(FakeLayer.of("COPY b /", "t b 1"), again));
        window.until(() -> window.window().context().session().images().size() == 5);
        doing(() -> window.window()
                .context()
                .navigation()
                .compare(new ComparedSides(new Here(one, "acme/large:1"), new Here(two, "acme/large:2"))));
        window.until(() -> text("#compare-told")
                .equals("1 file of equal size comes from different layers; its contents have not been compared."));
        assertThat(lines()).noneMatch(line -> line.startsWith("large"));
        window.click("#compare-contents");
        window.until(() -> lines().contains("large file changed 90\u00a0MB"));
        assertThat(text("#compare-told")).endsWith("have been compared: 1 differs.");
        assertThat(window.says("other content"::equals)).isTrue();
    }

    @Test
    void whatIsTheSameIsShownOnDemand() {
        compareTheFirstTwo();
        window.click("#only-changed");
        window.until(() -> lines().stream().anyMatch(line -> line.startsWith("passwd")));
        window.click("#search");
        window.robot().write("css");
        window.until(() -> text("#files-found").equals("2 found"));
        window.until(() -> window.node(".explorer-tools .clear", Button.class).getHeight() == 20);
        window.robot().write("zz");
        window.until(() -> window.says("Nothing found"::equals));
    }

    @Test
    void theColumnsOfTheFilesAreThePersons() {
        compareTheFirstTwo();
        assertThat(window.read(this::columns)).contains("growth");
        window.click("#file-columns");
        window.click("#show-growth");
        window.until(() -> !columns().contains("growth") && columns().containsAll(List.of("name", "size", "note")));
        window.until(() -> WindowMemory.at(folder.resolve("window"))
                .text("columns.compared")
                .filter(text -> text.contains(" -growth="))
                .isPresent());
    }

    private List<String> columns() {
        return window.node("#explorer", TableView.class).getVisibleLeafColumns().stream()
                .map(column -> ((TableColumn<?, ?>) column).getId())
                .toList();
    }

    @Test
    void theOtherWayRoundAddedIsRemoved() {
        compareTheFirstTwo();
        window.click("#swap");
        window.until(() -> text("#compare-summary").startsWith("2 files added (+786"));
        assertThat(text("#beforeName")).isEqualTo("acme/site:1.4");
        assertThat(text("#compare-growth")).startsWith("−");
    }

    @Test
    void theKeyboardAloneLeadsThereThroughItAndBack() {
        TableView<?> images = window.list();
        doing(() -> {
            images.requestFocus();
            images.getSelectionModel().clearAndSelect(0);
        });
        window.robot().press(KeyCode.CONTROL, KeyCode.SHIFT).type(KeyCode.P).release(KeyCode.SHIFT, KeyCode.CONTROL);
        window.node("#palette-field", Node.class);
        window.robot().write("compare two");
        press(KeyCode.ENTER);
        window.node("#compare-field", Node.class);
        window.robot().write("1.3");
        press(KeyCode.ENTER);
        window.until(() -> window.says("Compare acme/site:1.3 with"::equals));
        press(KeyCode.ENTER);
        window.until(() -> !lines().isEmpty());
        ExplorerTable files = window.node("#explorer", ExplorerTable.class);
        window.until(() -> files.isFocused());
        press(KeyCode.DOWN);
        window.until(() -> files.getSelectionModel().getSelectedIndex() >= 0);
        window.robot().press(KeyCode.ALT).type(KeyCode.LEFT).release(KeyCode.ALT);
        window.until(() -> window.node("#table", TableView.class).getItems().size() == 3);
        window.robot().press(KeyCode.ALT).type(KeyCode.RIGHT).release(KeyCode.ALT);
        window.until(() -> !lines().isEmpty());
    }

    @Test
    void aChangedFileOfBothIsOpenedSideBySide() {
        compareTheFirstTwo();
        ExplorerTable files = window.node("#explorer", ExplorerTable.class);
        open(files, "index.html");
        ListView<?> rows = window.node("#beside-rows", ListView.class);
        window.until(() -> !rows.getItems().isEmpty());
        assertThat(text("#beside-before")).isEqualTo("acme/site:1.3");
        assertThat(text("#beside-after")).isEqualTo("acme/site:1.4");
        press(KeyCode.ESCAPE);
        window.until(() -> window.robot().lookup("#file-title").tryQuery().isEmpty());
        open(files, "old.css");
        window.until(() -> window.node("#file-lines", ListView.class).getItems().size() > 1);
        assertThat(window.robot().lookup("#beside-rows").tryQuery()).isEmpty();
    }

    /// Of the link nothing could be read.
    @Test
    void aFileThatWasALinkIsShownAlone() {
        FakeEngine engine = window.engine();
        ImageId one = engine.addImage(
                "acme/conf:1", FakeEngine.STARTER_CONFIG, List.of(FakeLayer.of("ADD", "l etc/conf motd")));
        ImageId two = engine.addImage(
                "acme/conf:2", FakeEngine.STARTER_CONFIG, List.of(FakeLayer.of("ADD", "f 20 etc/conf")));
        window.until(() -> window.window().context().session().images().size() == 5);
        doing(() -> window.window()
                .context()
                .navigation()
                .compare(new ComparedSides(new Here(one, "acme/conf:1"), new Here(two, "acme/conf:2"))));
        window.until(() -> lines().stream().anyMatch(line -> line.startsWith("conf file changed")));
        open(window.node("#explorer", ExplorerTable.class), "conf");
        window.until(
                () -> !window.node("#file-lines", ListView.class).getItems().isEmpty());
        assertThat(window.robot().lookup("#beside-rows").tryQuery()).isEmpty();
    }

    @Test
    void propertiesAreThoseOfTheImageThatHasTheFile() {
        window.engine().tellAttribute("srv/old.css", new ExtendedAttribute("user.note", new byte[] {'h', 'i'}));
        compareTheFirstTwo();
        ExplorerTable files = window.node("#explorer", ExplorerTable.class);
        choose(files, "old.css");
        window.robot().press(KeyCode.ALT).type(KeyCode.ENTER).release(KeyCode.ALT);
        window.until(() -> text("#properties-title").equals("/srv/old.css"));
        window.until(() -> window.says("hi"::equals) && window.says("500 bytes (500\u00a0B)"::equals));
    }

    @Test
    void aLayerOfEitherPyramidIsShownInItsImage() {
        compareTheFirstTwo();
        showLayers();
        doing(() -> rows().getSelectionModel().select(1));
        press(KeyCode.ENTER);
        isShown("acme/site:1.4", "Layer 2 of 3");
        window.robot().press(KeyCode.ALT).type(KeyCode.LEFT).release(KeyCode.ALT);
        showLayers();
        doing(() -> rows().getSelectionModel().select(1));
        window.robot().press(KeyCode.SHIFT).type(KeyCode.ENTER).release(KeyCode.SHIFT);
        isShown("acme/site:1.3", "Layer 2 of 2");
    }

    private ListView<?> rows() {
        return window.node("#compared-layers", ListView.class);
    }

    private void showLayers() {
        doing(() ->
                window.node("#compare-tabs", TabPane.class).getSelectionModel().selectLast());
        window.until(() -> rows().getItems().size() == 3);
        doing(() -> rows().requestFocus());
    }

    private void isShown(String image, String layer) {
        window.until(() ->
                window.node("#image-detail", TabPane.class).getSelectionModel().getSelectedIndex() == 0);
        window.until(() -> window.says(image::equals) && window.says(layer::equals));
    }

    private void open(ExplorerTable files, String name) {
        choose(files, name);
        press(KeyCode.ENTER);
    }

    private static void choose(ExplorerTable files, String name) {
        doing(() -> {
            files.requestFocus();
            for (int line = 0; line < files.lines().size(); line++) {
                String shown = model(files).name(files.lines().get(line).node());
                if (shown.equals(name)) {
                    files.getSelectionModel().clearAndSelect(line);
                    files.scrollTo(line);
                }
            }
        });
    }

    private static FileListing model(ExplorerTable files) {
        return ((ExplorerRows) files.getItems()).files().orElseThrow();
    }

    @Test
    void configurationAndLayersHaveTheirTabs() {
        compareTheFirstTwo();
        TabPane tabs = window.node("#compare-tabs", TabPane.class);
        doing(() -> tabs.getSelectionModel().select(1));
        TableView<?> config = window.node("#compared-config", TableView.class);
        window.until(() -> config.getItems().size() == 2);
        window.click("#whole-config");
        window.until(() -> config.getItems().size() == 8);
        doing(() -> tabs.getSelectionModel().select(2));
        ListView<?> layers = window.node("#compared-layers", ListView.class);
        window.until(() -> layers.getItems().size() == 3);
        assertThat(text("#layers-shared")).startsWith("The lowest layer is the same in both");
        assertThat(text("#layers-after")).startsWith("Only after: 2 layers");
        window.until(() -> heightsOf(layers).equals(Set.of(47L)));
        window.click("#compared-larger");
        window.until(() -> heightsOf(layers).equals(Set.of(52L)));
        assertThat(text("#compared-zoom")).isEqualTo("110 %");
        doing(layers::requestFocus);
        window.robot().write("-");
        window.robot().write("-");
        window.until(() -> text("#compared-zoom").equals("90 %"));
        window.until(() -> heightsOf(layers).equals(Set.of(42L)));
        window.robot().write("0");
        window.until(() -> heightsOf(layers).equals(Set.of(47L)));
    }

    @Test
    void atTwiceTheSizeLayersKeepTheirHeightAndScrollWithWhatIsAroundThem() {
        compareTheFirstTwo();
        Zoom zoom = window.window().context().appearance().zoom();
        doing(() -> {
            while (zoom.percent() < 200) {
                zoom.grow();
            }
        });
        showLayers();
        window.until(() -> rows().getHeight() >= 3 * 47);
        window.until(() -> heightsOf(rows()).equals(Set.of(47L)));
    }

    /// How high the layers of both are drawn.
    private static Set<Long> heightsOf(ListView<?> layers) {
        return layers.lookupAll(".list-cell").stream()
                .filter(cell -> cell instanceof ListCell<?> shown && shown.getItem() != null)
                .map(cell -> Math.round(cell.getLayoutBounds().getHeight()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void twoNamesOfOneImageAreToldPlainly() {
        ((Engine) window.engine()).images().tag(old, ImageReference.parse("acme/a:1"));
        TableView<?> images = window.list();
        window.until(() -> images.getItems().size() == 4);
        doing(() -> images.getSelectionModel().selectRange(0, 2));
        window.click("#bulk-compare");
        window.until(() -> window.says("Both names refer to the same image."::equals));
        window.until(() -> window.says("No file differs"::equals));
    }

    @Test
    void aFailureIsToldThereAndCanBeTriedAgain() {
        window.engine()
                .failNext("show files", new CorruptedException("show the files of", "image it", "it is damaged", ""));
        TableView<?> images = window.list();
        doing(() -> images.getSelectionModel().selectRange(0, 2));
        window.click("#bulk-compare");
        window.until(() -> window.says(words -> words.contains("It is damaged")));
        window.click("#compare-retry");
        window.until(() -> !lines().isEmpty());
        assertThat(window.says(words -> words.contains("It is damaged"))).isFalse();
    }

    @Test
    void threeAreNotCompared() {
        TableView<?> images = window.list();
        doing(() -> images.getSelectionModel().selectAll());
        window.node("#bulk-remove", Node.class);
        Set<Node> offered = window.robot().lookup("#bulk-compare").queryAll();
        assertThat(offered).noneMatch(WindowOnFakeEngine::isShown);
    }
}
