package io.darsena.app.layers;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.ToolkitStart;
import io.darsena.app.screen.Section;
import io.darsena.app.shell.MadeMouse;
import io.darsena.app.shell.WindowOnFakeEngine;
import io.darsena.bridge.Engine;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.fake.FakeEngine;
import io.darsena.bridge.fake.FakeLayer;
import io.darsena.bridge.image.ImageConfig;
import io.darsena.bridge.layer.FilePath;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.ScrollEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Looking into an image: its pyramid, the files of its layers, its waste.
@Timeout(60)
class LayersScreenTest {

    private static final ImageConfig CONFIG =
            new ImageConfig(List.of(), List.of("site"), List.of(), "", "", "", List.of(), List.of(), Map.of());

    private static final FakeLayer BASE = FakeLayer.of(
            "/bin/sh -c #(nop) ADD file:9f in / ",
            "d etc",
            "f 900000 etc/passwd",
            "f 286 etc/motd",
            "d usr",
            "d usr/bin",
            "f 90000000 usr/bin/all",
            "l bin usr/bin");

    @TempDir
    private Path folder;

    private WindowOnFakeEngine window;

    @BeforeEach
    void open() {
        FakeEngine engine = new FakeEngine();
        engine.addImage("acme/base:1", CONFIG, List.of(BASE));
        engine.addImage(
                "acme/site:1.4",
                CONFIG,
                List.of(
                        BASE,
                        FakeLayer.of("ENV VERSION=1.29"),
                        FakeLayer.of(
                                "RUN /bin/sh -c apt-get update && apt-get install -y nginx # buildkit",
                                "d var",
                                "f 19000000 var/lib/apt/lists/packages",
                                "f 1300000 usr/sbin/nginx",
                                "f 950000 etc/passwd",
                                "w etc/motd"),
                        FakeLayer.of("COPY index.html /srv/ # buildkit", "d srv", "f 2000 srv/index.html"),
                        FakeLayer.of("ENTRYPOINT [\"/docker-entrypoint.sh\"]")));
        engine.addImage(
                "acme/fat:2",
                CONFIG,
                List.of(
                        FakeLayer.of(
                                "RUN |1 A=b /bin/bash -o pipefail -c pip install all # buildkit",
                                "f 700000 usr/lib/tool.bin",
                                "f 300000 root/.cache/pip/wheel",
                                "f 40000 tmp/left"),
                        FakeLayer.of(
                                "RUN /bin/sh -c chmod 755 /usr/lib/tool.bin # buildkit", "f 700000 usr/lib/tool.bin"),
                        FakeLayer.of("RUN /bin/sh -c rm /tmp/left # buildkit", "w tmp/left"),
                        FakeLayer.of("COPY tool.bin /opt/ # buildkit", "f 700000 opt/tool.bin")));
        window = new WindowOnFakeEngine(engine, folder.resolve("window"), Locale.ENGLISH);
        ToolkitStart.onFxThread(() -> {
            window.window().context().navigation().go(Section.IMAGES);
            return true;
        });
        TableView<?> images = window.node("#table", TableView.class);
        window.until(() -> images.getItems().size() == 4);
        choose("acme/site");
        window.until(() -> pyramid().getItems().size() == 5 && !lines().isEmpty());
    }

    private void choose(String name) {
        window.click(name);
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

    /// The open lines: sign and path.
    private List<String> lines() {
        return ToolkitStart.onFxThread(() -> {
            ExplorerTable files = files();
            return files.lines().stream()
                    .map(row -> ((ExplorerRows) files.getItems())
                            .files()
                            .map(tree -> FileWords.sign(tree.change(row.node())) + tree.path(row.node()))
                            .orElse(""))
                    .toList();
        });
    }

    private void choose(int step) {
        ToolkitStart.onFxThread(() -> {
            pyramid().getSelectionModel().clearAndSelect(step);
            return true;
        });
    }

    private String text(String id) {
        Label label = window.node(id, Label.class);
        return ToolkitStart.onFxThread(label::getText);
    }

    /// What the first line shows before its name.
    private Ikon firstArrow() {
        return files().lookupAll(".file-opener .ikonli-font-icon").stream()
                .min(Comparator.comparing(
                        icon -> icon.localToScene(icon.getBoundsInLocal()).getMinY()))
                .map(icon -> ((FontIcon) icon).getIconCode())
                .orElseThrow();
    }

    @Test
    void thePyramidLeadsToTheFilesOfEachLayer() {
        assertThat(ToolkitStart.onFxThread(() -> pyramid().getItems().stream()
                        .map(PyramidStep::instruction)
                        .toList()))
                .containsExactly(
                        "ENTRYPOINT [\"/docker-entrypoint.sh\"]",
                        "COPY index.html /srv/",
                        "RUN apt-get update && apt-get install -y nginx",
                        "ENV VERSION=1.29",
                        "ADD file:9f in /");
        assertThat(ToolkitStart.onFxThread(() -> pyramid().getItems().getLast().sharedWith()))
                .containsExactly("acme/base:1");
        window.until(() -> lines().equals(List.of("+srv", "+srv/index.html")));
        choose(2);
        window.until(() -> lines().contains("+usr/sbin/nginx"));
        assertThat(lines()).contains("~etc/passwd", "−etc/motd").doesNotContain("usr/bin/all");
        window.until(() -> text("#step-facts").startsWith("2 added · 1 changed · 1 removed"));
        window.until(() -> window.says(words -> words.contains("of package cache stays")));
        window.until(() -> window.says("&& rm -rf /var/lib/apt/lists/*"::equals));
        choose(3);
        window.until(() -> window.says(words -> words.contains("changed how the image runs")));
        assertThat(lines()).isEmpty();
    }

    @Test
    void whoSharesALayerIsNamedAndKeptUpToDate() {
        choose(4);
        window.until(() -> text("#step-sharers").equals("Shared with acme/base:1"));
        window.until(() -> lines().contains("+etc/passwd"));
        assertThat(spoken(4)).contains("also in acme/base:1");
        window.engine().addImage("acme/another:1", CONFIG, List.of(BASE));
        window.until(() -> text("#step-sharers").equals("Shared with acme/another:1, acme/base:1"));
        window.until(() -> spoken(4).contains("also in acme/another:1, acme/base:1"));
        assertThat(ToolkitStart.onFxThread(() -> pyramid().getSelectionModel().getSelectedIndex()))
                .isEqualTo(4);
        assertThat(lines()).contains("+etc/passwd");
        choose(2);
        window.until(() -> !isSeen("#step-sharers"));
        choose(4);
        Engine engine = window.engine();
        engine.images()
                .remove(engine.images().find("acme/another:1").orElseThrow().id());
        window.until(() -> text("#step-sharers").equals("Shared with acme/base:1"));
    }

    private String spoken(int step) {
        return ToolkitStart.onFxThread(() -> pyramid().lookupAll(".list-cell").stream()
                .filter(cell -> cell instanceof ListCell<?> line && line.getIndex() == step)
                .map(Node::getAccessibleText)
                .findFirst()
                .orElse(""));
    }

    @Test
    void severalStepsAreAllInViewAndWhatBringsNoBytesIsThin() {
        window.engine()
                .addImage(
                        "acme/tall:1",
                        CONFIG,
                        IntStream.rangeClosed(1, 7)
                                .mapToObj(step -> step == 7
                                        ? FakeLayer.of("RUN rm /srv/1", "w srv/1")
                                        : FakeLayer.of("COPY " + step + " /srv/", "f " + step * 1000 + " srv/" + step))
                                .toList());
        choose("acme/tall");
        window.until(() -> pyramid().getItems().size() == 7
                && pyramid().getItems().getFirst().isThin()
                && heights().size() == 7
                && heights().getFirst() == 21
                && pyramid().getItems().get(1).step().size() == 6000);
        window.until(() -> heights().stream().mapToDouble(height -> height).sum()
                <= pyramid().getHeight());
        assertThat(heights().getLast()).isBetween(34.0, 47.0);
        assertThat(text("#pyramid-legend")).isEqualTo("wider = larger");
    }

    /// Of the steps, from above.
    private List<Double> heights() {
        return ToolkitStart.onFxThread(() -> pyramid().lookupAll(".list-cell").stream()
                .filter(cell -> cell instanceof ListCell<?> step && step.getItem() != null)
                .map(cell -> (ListCell<?>) cell)
                .sorted(Comparator.comparingInt(ListCell::getIndex))
                .map(ListCell::getHeight)
                .toList());
    }

    @Test
    void theChosenImageIsInViewHoweverLittleRoomItsDetailLeavesTheList() {
        for (int i = 0; i < 12; i++) {
            window.engine().addImage("acme/x" + i + ":1", CONFIG, List.of(BASE));
        }
        TableView<?> images = window.node("#table", TableView.class);
        window.until(() -> images.getItems().size() == 16);
        ToolkitStart.doing(() -> images.getSelectionModel().clearAndSelect(12));
        window.until(() -> isWhole(images, 12));
        ToolkitStart.doing(() -> images.getSelectionModel().clearSelection());
        ToolkitStart.doing(() -> images.getSelectionModel().clearAndSelect(13));
        window.until(() -> isWhole(images, 13));
    }

    private static boolean isWhole(TableView<?> table, int index) {
        Bounds all = table.localToScene(table.getLayoutBounds());
        return table.lookupAll(".table-row-cell").stream()
                .filter(row -> row instanceof TableRow<?> shown && shown.getIndex() == index && row.isVisible())
                .map(row -> row.localToScene(row.getLayoutBounds()))
                .anyMatch(row -> row.getMinY() >= all.getMinY() && row.getMaxY() <= all.getMaxY() + 1);
    }

    @Test
    void theStackAndTheWholeImageShowMore() {
        choose(2);
        window.until(() -> lines().contains("−etc/motd"));
        window.click("#scope-stack");
        window.until(() -> lines().contains("usr/bin/all"));
        assertThat(lines()).contains("−etc/motd").doesNotContain("+srv");
        window.click("#scope-image");
        window.until(() -> lines().stream().anyMatch(line -> line.endsWith("srv/index.html")));
        assertThat(lines()).noneMatch(line -> line.endsWith("etc/motd"));
    }

    @Test
    void theFactsAreThoseOfTheChosenStepWhateverFilesAreShown() {
        window.click("#scope-image");
        window.until(() -> text("#step-facts").startsWith("1 added · 0 changed · 0 removed"));
        choose(2);
        assertThat(text("#step-facts")).contains("as received").doesNotContain("added");
        assertThat(window.says(words -> words.contains("of package cache stays")))
                .isFalse();
        window.click("#scope-stack");
        window.until(() -> text("#step-facts").startsWith("2 added · 1 changed · 1 removed"));
        assertThat(window.says(words -> words.contains("of package cache stays")))
                .isTrue();
        window.click("#scope-image");
        window.until(() -> lines().stream().anyMatch(line -> line.endsWith("srv/index.html")));
        choose(3);
        assertThat(text("#step-facts")).isEqualTo("This step changed how the image runs, and no file.");
        assertThat(window.says(words -> words.contains("of package cache stays")))
                .isFalse();
    }

    @Test
    void theCacheOfTheLastLayerIsToldAtItsStepAlone() {
        choose("acme/fat");
        window.until(() -> pyramid().getItems().size() == 4 && lines().contains("+opt/tool.bin"));
        window.click("#scope-image");
        window.engine().addImage("acme/cached:1", CONFIG, List.of(BASE, cached(), FakeLayer.of("ENV A=b")));
        choose("acme/cached");
        window.until(() -> pyramid().getItems().size() == 3);
        window.until(() -> window.says(words -> words.contains("of package cache stays")));
        for (int step : new int[] {0, 2}) {
            choose(step);
            assertThat(window.says(words -> words.contains("of package cache stays")))
                    .isFalse();
        }
        choose(1);
        window.until(() -> window.says(words -> words.contains("of package cache stays")));
    }

    private static FakeLayer cached() {
        return FakeLayer.of("RUN apt-get update", "d var", "f 19000000 var/lib/apt/lists/packages");
    }

    @Test
    void whatALaterLayerHidesIsMarkedInTheLayerThatBroughtIt() {
        choose(4);
        window.until(() -> marked().equals(List.of("× etc/motd", "× etc/passwd")));
        assertThat(spoken("etc/passwd")).contains("added").contains("hidden by layer 2");
        assertThat(spoken("usr/bin/all")).doesNotContain("hidden");
        assertThat(whole("etc/motd")).endsWith("Layer 2 hides it: RUN apt-get update && apt-get install -y nginx");
        window.click("#scope-stack");
        window.until(() -> marked().isEmpty());
        window.click("#scope-layer");
        window.until(() -> marked().size() == 2);
        choose(2);
        window.until(() -> lines().contains("−etc/motd"));
        window.until(() -> marked().isEmpty());
    }

    @Test
    void modeOwnerAndTimeAreToldThoughTheirColumnsHaveNoRoom() {
        choose(4);
        window.until(() -> spoken("etc/motd").contains("hidden"));
        assertThat(ToolkitStart.onFxThread(() -> files().getColumns().stream()
                        .filter(TableColumn::isVisible)
                        .map(TableColumn::getId)
                        .toList()))
                .doesNotContain("modified");
        assertThat(spoken("etc/motd")).contains("mode -rw-r--r-- · owner root · modified ");
        assertThat(whole("bin").lines().toList())
                .hasSize(4)
                .startsWith("/bin")
                .anyMatch(line -> line.startsWith("mode lrwxr-xr-x · owner root · modified "))
                .endsWith("→ usr/bin");
    }

    @Test
    void aFailureToFindWhatIsHiddenLeavesTheFiles() {
        window.engine()
                .failNext("show hidden files", new NotFoundException("show the files of", "layer 1", "it went", ""));
        choose(4);
        window.until(() -> window.says(words -> words.contains("It went")));
        assertThat(lines()).contains("+etc/passwd");
        assertThat(marked()).isEmpty();
    }

    /// Sign and path of the lines that are drawn as hidden.
    private List<String> marked() {
        return ToolkitStart.onFxThread(() -> drawn().stream()
                .filter(row -> row.getStyleClass().contains("hidden"))
                .map(row -> ((Label) row.lookup(".file-sign")).getText() + " " + path(row))
                .toList());
    }

    private List<TableRow<FileRow>> drawn() {
        List<TableRow<FileRow>> drawn = new ArrayList<>();
        for (Node each : files().lookupAll(".table-row-cell")) {
            if (each instanceof TableRow<?> row && row.isVisible() && row.getItem() instanceof FileRow) {
                @SuppressWarnings("unchecked")
                TableRow<FileRow> line = (TableRow<FileRow>) row;
                drawn.add(line);
            }
        }
        drawn.sort(Comparator.comparingInt(TableRow::getIndex));
        return drawn;
    }

    private String path(TableRow<FileRow> row) {
        return ((ExplorerRows) files().getItems())
                .files()
                .map(tree -> tree.path(row.getItem().node()))
                .orElse("");
    }

    private String spoken(String path) {
        return ToolkitStart.onFxThread(() -> drawn().stream()
                .filter(row -> path(row).equals(path))
                .map(TableRow::getAccessibleText)
                .findFirst()
                .orElse(""));
    }

    private String whole(String path) {
        return ToolkitStart.onFxThread(() -> {
            ExplorerRows rows = (ExplorerRows) files().getItems();
            int at = rows.indexOf(rows.files().orElseThrow().find(path));
            return files().whole(rows.get(at));
        });
    }

    @Test
    void filesAreKeptOnlyWhileTheyAreLookedAt() throws Exception {
        ExplorerRows rows = (ExplorerRows) files().getItems();
        choose(2);
        window.until(() -> lines().contains("+usr/sbin/nginx"));
        window.click(".close-detail");
        window.until(() -> rows.files().isEmpty() && rows.isEmpty());
        choose("acme/site");
        window.until(() -> lines().contains("+usr/sbin/nginx"));
        AutoCloseable held = window.engine().hold("show files");
        choose(4);
        window.until(() -> rows.files().isEmpty());
        held.close();
        window.until(() -> lines().contains("+etc/passwd"));
        ToolkitStart.doing(() -> window.window().context().navigation().go(Section.CONTAINERS));
        window.until(() -> rows.files().isEmpty());
    }

    @Test
    void filesAreFoundAsLettersAreTyped() {
        window.click("#scope-image");
        TextField filter = window.node("#file-filter", TextField.class);
        window.click("#file-filter");
        window.robot().write("NGI");
        window.until(() -> lines().equals(List.of("usr", "usr/sbin", "usr/sbin/nginx")));
        assertThat(text("#files-found")).isEqualTo("1 found");
        window.robot().write("zzz");
        window.until(() -> window.says("Nothing found"::equals));
        window.robot().type(KeyCode.ESCAPE);
        window.until(() -> filter.getText().isEmpty() && lines().size() > 3);
    }

    @Test
    void filesAreFoundByKindAndSizeUntilThatIsReset() {
        window.click("#scope-image");
        window.until(() -> lines().stream().anyMatch(line -> line.endsWith("srv/index.html")));
        window.click("#file-sizes");
        window.click("#size-1000000");
        window.until(() -> text("#files-found").equals("3 found"));
        assertThat(lines())
                .containsExactly(
                        "usr",
                        "usr/bin",
                        "usr/bin/all",
                        "usr/sbin",
                        "usr/sbin/nginx",
                        "var",
                        "var/lib",
                        "var/lib/apt",
                        "var/lib/apt/lists",
                        "var/lib/apt/lists/packages");
        window.click("#file-kinds");
        window.click("#kind-links");
        window.until(() -> window.says("Nothing found"::equals));
        window.click("#file-sizes");
        window.click("#size-0");
        window.until(() -> lines().equals(List.of("bin")));
        window.click("#file-kinds");
        window.click("#kind-directories");
        window.until(() -> window.says("2 kinds"::equals) && lines().contains("var/lib"));
        assertThat(lines()).contains("bin").doesNotContain("usr/bin/all");
        window.click("#files-reset");
        window.until(() -> lines().stream().anyMatch(line -> line.endsWith("srv/index.html")));
        assertThat(window.says("Any kind"::equals)).isTrue();
        assertThat(ToolkitStart.onFxThread(() -> files().isFocused())).isTrue();
    }

    @Test
    void ofAllThatIsUpToALayerWhatItChangedCanBeShownAlone() {
        choose(2);
        window.until(() -> lines().contains("−etc/motd"));
        assertThat(isSeen("#only-changed")).isFalse();
        window.click("#scope-stack");
        window.until(() -> lines().contains("usr/bin/all"));
        window.click("#only-changed");
        window.until(() -> !lines().contains("usr/bin/all") && lines().contains("+usr/sbin/nginx"));
        assertThat(lines()).contains("−etc/motd", "~etc/passwd");
        choose("acme/fat");
        window.until(() -> pyramid().getItems().size() == 4 && lines().contains("usr/lib/tool.bin"));
    }

    private boolean isSeen(String id) {
        return ToolkitStart.onFxThread(
                () -> window.scene().getRoot().lookupAll(id).stream().anyMatch(Node::isVisible));
    }

    @Test
    void theKeyboardGoesThroughStepsAndDirectories() {
        ToolkitStart.onFxThread(() -> {
            pyramid().requestFocus();
            return true;
        });
        window.robot().type(KeyCode.DOWN);
        window.until(() -> lines().contains("+usr/sbin/nginx"));
        ToolkitStart.onFxThread(() -> {
            files().requestFocus();
            files().getSelectionModel().selectFirst();
            return true;
        });
        assertThat(lines().getFirst()).isEqualTo("etc");
        window.robot().type(KeyCode.LEFT);
        window.until(() -> !lines().contains("~etc/passwd") && firstArrow() == Feather.CHEVRON_RIGHT);
        window.robot().type(KeyCode.RIGHT);
        window.until(() -> lines().contains("~etc/passwd") && firstArrow() == Feather.CHEVRON_DOWN);
        window.robot().type(KeyCode.DOWN);
        window.robot().press(KeyCode.CONTROL).type(KeyCode.C).release(KeyCode.CONTROL);
        window.until(() -> "/etc/motd".equals(Clipboard.getSystemClipboard().getString()));
        window.robot().type(KeyCode.LEFT);
        window.until(() -> files().getSelectionModel().getSelectedIndex() == 0);
    }

    @Test
    void wasteNamesWhoBroughtAndWhoHides() {
        TabPane tabs = window.node("#image-detail", TabPane.class);
        select(tabs, "waste-tab");
        window.until(() -> window.says(words -> words.contains(" is waste (")));
        TableView<?> waste = window.node("#waste", TableView.class);
        assertThat(ToolkitStart.onFxThread(() -> waste.getItems().size())).isEqualTo(3);
        String sum = text("#waste-summary").replaceAll(" of .*", "");
        assertThat(ToolkitStart.onFxThread(
                        () -> tabs.getSelectionModel().getSelectedItem().getText()))
                .isEqualTo("Waste " + sum);
        assertThat(window.says(("All " + sum)::equals)).isTrue();
        window.until(() -> window.says(
                words -> words.equals("overwritten by layer 2: RUN apt-get update && apt-get install -y nginx")));
        choose("acme/base");
        window.until(() -> window.says("Nothing is wasted"::equals));
    }

    @Test
    void theSumsOfTheWasteCountWhatTheTableDoesNotShow() {
        String[] files = IntStream.range(0, 10_005)
                .mapToObj(each -> "f 1000 srv/file" + each)
                .toArray(String[]::new);
        window.engine()
                .addImage(
                        "acme/web:1",
                        CONFIG,
                        List.of(FakeLayer.of("COPY srv", files), FakeLayer.of("RUN chown -R www /srv", files)));
        window.until(() -> window.says("acme/web"::equals));
        TableView<?> waste = waste("acme/web");
        window.until(() -> waste.getItems().size() == 10_000);
        assertThat(text("#waste-summary")).startsWith("10\u00a0MB of 20\u00a0MB");
        assertThat(window.says("Overwritten 10\u00a0MB"::equals)).isTrue();
        assertThat(text("#waste-bound")).isEqualTo("The largest 10,000 of 10,005 are shown; the sums count all.");
        window.click("#waste-removed");
        window.until(() -> !window.says(words -> words.startsWith("The largest")));
    }

    private TableView<?> waste(String image) {
        choose(image);
        select(window.node("#image-detail", TabPane.class), "waste-tab");
        window.until(() -> window.says(words -> words.contains(" is waste (")));
        return window.node("#waste", TableView.class);
    }

    private void isFirst(TableView<?> waste, String path) {
        window.until(() -> !waste.getItems().isEmpty()
                && waste.getItems().getFirst() instanceof WasteRow row
                && row.path().equals(FilePath.of(path)));
    }

    @Test
    void wasteIsToldByKindWithWhatMendsIt() {
        TableView<?> waste = waste("acme/fat");
        window.until(() -> waste.getItems().size() == 3);
        window.click("#waste-caches");
        isFirst(waste, "root/.cache/pip");
        window.click("/root/.cache/pip");
        window.until(() -> text("#waste-hint").contains("--mount=type=cache,target=/root/.cache/pip"));
        assertThat(text("#waste-cure")).isEqualTo("&& pip cache purge");
        window.until(() -> window.says("RUN pip install all"::equals));
        window.click("#waste-removed");
        isFirst(waste, "tmp/left");
        window.click("/tmp/left");
        window.until(() -> text("#waste-hint").contains("the same RUN that makes it"));
        window.click("#waste-overwritten");
        isFirst(waste, "usr/lib/tool.bin");
        window.click("/usr/lib/tool.bin");
        window.until(() -> text("#waste-hint").startsWith("Both layers keep the whole file"));
        window.click("#waste-duplicates");
        isFirst(waste, "opt/tool.bin");
        window.until(() -> window.says("same content as /usr/lib/tool.bin"::equals));
        window.click("/opt/tool.bin");
        window.until(() -> text("#waste-cure").equals("ln -sf /usr/lib/tool.bin /opt/tool.bin"));
        window.click("#waste-overwritten");
        isFirst(waste, "usr/lib/tool.bin");
        window.click("/usr/lib/tool.bin");
        window.until(() -> text("#waste-hint").startsWith("Only its mode, owner or time has changed"));
        window.robot().press(KeyCode.CONTROL).type(KeyCode.C).release(KeyCode.CONTROL);
        window.until(
                () -> "/usr/lib/tool.bin".equals(Clipboard.getSystemClipboard().getString()));
        window.robot().type(KeyCode.ENTER);
        window.until(() -> chosen().equals(List.of(FilePath.of("usr/lib/tool.bin"))));
    }

    private List<FilePath> chosen() {
        return ToolkitStart.onFxThread(() -> files().chosen());
    }

    /// Its directory is closed at first, and a field for words would lose half of its name.
    @Test
    void aWastedFileOfAnyNameIsShownInItsLayer() {
        Stream<String> many = IntStream.range(0, 80).mapToObj(each -> "f 1 usr/share/doc-" + each);
        Stream<String> odd = Stream.of("f 500000 srv/a\nb/old");
        window.engine()
                .addImage(
                        "acme/tools:1",
                        CONFIG,
                        List.of(
                                new FakeLayer(
                                        "ADD all", Stream.concat(many, odd).toList()),
                                FakeLayer.of("RUN rm -r /srv", "w srv/a\nb/old")));
        TableView<?> images = window.node("#table", TableView.class);
        window.until(() -> images.getItems().size() == 5);
        TableView<?> waste = waste("acme/tools");
        isFirst(waste, "srv/a\nb/old");
        window.click("/srv/a\\nb/old");
        window.robot().press(KeyCode.CONTROL).type(KeyCode.C).release(KeyCode.CONTROL);
        window.until(
                () -> "$'/srv/a\\nb/old'".equals(Clipboard.getSystemClipboard().getString()));
        window.robot().type(KeyCode.ENTER);
        window.until(() -> chosen().equals(List.of(FilePath.of("srv/a\nb/old"))));
        assertThat(lines()).contains("+srv/a\nb/old");
    }

    private static void sort(TableView<?> waste, int column) {
        ToolkitStart.onFxThread(() -> {
            waste.getColumns().get(column).setSortType(TableColumn.SortType.ASCENDING);
            sortOnlyBy(waste, column);
            return true;
        });
    }

    private static <R> void sortOnlyBy(TableView<R> table, int column) {
        table.getSortOrder().setAll(List.of(table.getColumns().get(column)));
    }

    @Test
    void wasteIsSortedByEachColumn() {
        TableView<?> waste = waste("acme/fat");
        isFirst(waste, "usr/lib/tool.bin");
        sort(waste, 2);
        isFirst(waste, "root/.cache/pip");
        sort(waste, 1);
        isFirst(waste, "root/.cache/pip");
        sort(waste, 0);
        isFirst(waste, "tmp/left");
        window.click("#waste-search");
        window.until(() -> waste.getItems().size() == 4);
        isFirst(waste, "tmp/left");
    }

    @Test
    void clicksOnTheHeadsOfTheWasteSortByThem() {
        TableView<?> waste = waste("acme/fat");
        isFirst(waste, "usr/lib/tool.bin");
        MadeMouse mouse = new MadeMouse(window);
        mouse.click("Wasted");
        isFirst(waste, "tmp/left");
        mouse.click("Wasted");
        isFirst(waste, "usr/lib/tool.bin");
        mouse.click("Path");
        isFirst(waste, "root/.cache/pip");
        mouse.click("Kind");
        isFirst(waste, "root/.cache/pip");
        mouse.click("Kind");
        isFirst(waste, "tmp/left");
        window.click("#waste-search");
        window.until(() -> waste.getItems().size() == 4);
        isFirst(waste, "tmp/left");
        mouse.click("Kind");
        isFirst(waste, "usr/lib/tool.bin");
        assertThat(ToolkitStart.onFxThread(() -> waste.getSortOrder().getFirst().getSortType()))
                .isEqualTo(TableColumn.SortType.DESCENDING);
    }

    @Test
    void aSearchForDuplicatesCanBeStoppedAndFails() throws Exception {
        TableView<?> waste = waste("acme/fat");
        AutoCloseable held = window.engine().hold("compare files");
        window.click("#waste-duplicates");
        window.until(() -> window.says(words -> words.contains(" of 1.4")));
        window.click("#waste-stop");
        window.until(() -> !window.says(words -> words.contains(" of 1.4")));
        held.close();
        assertThat(ToolkitStart.onFxThread(() -> waste.getItems().size())).isZero();
        window.engine().failNext("compare files", new NotFoundException("compare the files of", "it", "it went", ""));
        window.click("#waste-search");
        window.until(() -> window.says(words -> words.contains("It went")));
        window.click("#waste-search");
        isFirst(waste, "opt/tool.bin");
    }

    private static ContainerSpec ofSite(String name) {
        return ContainerSpec.of("acme/site:1.4").withName(name).withCommand(List.of("starter"));
    }

    @Test
    void theWritableLayerOfAContainerLiesOnTop() {
        ContainerId id = window.containers().create(ofSite("web-1"));
        window.containers().create(ContainerSpec.of("acme/base:1").withName("other"));
        window.engine().change(id, FakeLayer.of("", "f 5000000 srv/cache", "w etc/passwd"));
        ComboBox<?> owners = window.node("#pyramid-owner", ComboBox.class);
        window.until(() -> owners.getItems().size() == 2);
        window.click("#pyramid-owner");
        window.click("layer of web-1");
        window.until(() -> pyramid().getItems().size() == 6);
        window.until(() ->
                lines().equals(List.of("~etc", "−etc/passwd", "=srv", "+srv/cache")) || lines().contains("+srv/cache"));
        window.until(() -> window.says(words -> words.equals("5\u00a0MB · 2 entries changed")));
        window.engine().change(id, FakeLayer.of("", "f 6000000 srv/cache", "f 10 srv/more"));
        window.containers().start(id);
        window.until(() -> lines().contains("+srv/more"));
        window.until(() -> window.says(words -> words.startsWith("6\u00a0MB")));
        choose(2);
        window.until(() -> lines().contains("+srv/index.html"));
        choose(0);
        window.until(() -> lines().contains("+srv/more"));
        window.click("#pyramid-owner");
        window.click("no container");
        window.until(() -> pyramid().getItems().size() == 5 && lines().contains("+srv/index.html"));
    }

    @Test
    void thePyramidIsDrawnLargerByKeysWheelAndButtons() {
        ToolkitStart.onFxThread(() -> {
            pyramid().requestFocus();
            return true;
        });
        window.until(() -> blockHeight() == 47);
        window.robot().write("+");
        window.until(() -> blockHeight() == 52);
        window.robot().write("0");
        window.until(() -> blockHeight() == 47);
        window.robot().write("-");
        window.until(() -> blockHeight() == 42);
        window.click("#pyramid-larger");
        window.until(() -> blockHeight() == 47);
        turnWheel(false);
        assertThat(ToolkitStart.onFxThread(this::blockHeight)).isEqualTo(47);
        turnWheel(true);
        window.until(() -> blockHeight() == 52);
        window.click("#pyramid-zoom");
        window.until(() -> blockHeight() == 47);
        ToolkitStart.onFxThread(() -> {
            pyramid().requestFocus();
            return true;
        });
        window.robot().type(KeyCode.ENTER);
        window.until(() -> files().isFocused());
    }

    private void turnWheel(boolean control) {
        ToolkitStart.onFxThread(() -> {
            pyramid()
                    .fireEvent(new ScrollEvent(
                            ScrollEvent.SCROLL,
                            1,
                            1,
                            1,
                            1,
                            false,
                            control,
                            false,
                            false,
                            false,
                            false,
                            0,
                            40,
                            0,
                            40,
                            ScrollEvent.HorizontalTextScrollUnits.NONE,
                            0,
                            ScrollEvent.VerticalTextScrollUnits.NONE,
                            0,
                            0,
                            null));
            return true;
        });
    }

    /// Of the uppermost step that has a layer.
    private double blockHeight() {
        return pyramid().lookupAll(".list-cell").stream()
                .filter(cell -> cell instanceof ListCell<?> step
                        && step.getItem() instanceof PyramidStep shown
                        && !shown.step().isEmpty())
                .mapToDouble(cell -> ((ListCell<?>) cell).getHeight())
                .findFirst()
                .orElse(0);
    }

    @Test
    void aFailureIsToldWhereItHappened() {
        window.engine().failNext("show files", new NotFoundException("show the files of", "layer 1", "it went", ""));
        choose(4);
        window.until(() -> window.says(words -> words.contains("It went")));
        window.until(() -> lines().isEmpty());
    }

    @Test
    void whatFailedIsAskedAgainWhenItIsChosenAgain() {
        window.engine().failNext("show layers", new NotFoundException("show the layers of", "it", "it went", ""));
        choose("acme/base");
        window.until(() -> window.says(words -> words.contains("It went")));
        choose("acme/site");
        window.until(() -> pyramid().getItems().size() == 5);
        choose("acme/base");
        window.until(() -> pyramid().getItems().size() == 1 && lines().contains("+etc/passwd"));
    }

    @Test
    void aFailureToCountTheWasteIsToldThereAndLeavesTheFiles() {
        window.engine().failNext("show waste", new NotFoundException("show the waste of", "it", "it went", ""));
        TabPane tabs = window.node("#image-detail", TabPane.class);
        select(tabs, "waste-tab");
        window.until(() -> window.says(words -> words.contains("It went")));
        assertThat(window.says(words -> words.startsWith("Counting"))).isFalse();
        ToolkitStart.onFxThread(() -> {
            tabs.getSelectionModel().selectFirst();
            return true;
        });
        window.until(() -> lines().contains("+srv/index.html"));
        select(tabs, "waste-tab");
        window.until(() -> window.says(words -> words.contains(" is waste (")));
    }

    private static void select(TabPane tabs, String id) {
        ToolkitStart.onFxThread(() -> {
            tabs.getTabs().stream().filter(tab -> id.equals(tab.getId())).forEach(tabs.getSelectionModel()::select);
            return true;
        });
    }
}
