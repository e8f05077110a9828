package io.darsena.app.layers;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.ToolkitStart;
import io.darsena.app.screen.Section;
import io.darsena.app.shell.WindowOnFakeEngine;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.fake.FakeEngine;
import io.darsena.bridge.fake.FakeLayer;
import io.darsena.bridge.image.ImageConfig;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
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
        window = new WindowOnFakeEngine(engine, folder.resolve("window"), Locale.ENGLISH);
        ToolkitStart.onFxThread(() -> {
            window.window().context().navigation().go(Section.IMAGES);
            return true;
        });
        TableView<?> images = window.node("#table", TableView.class);
        window.until(() -> images.getItems().size() == 3);
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
        window.until(() -> window.says(words -> words.contains("no container ever sees")));
        TableView<?> waste = window.node("#waste", TableView.class);
        assertThat(ToolkitStart.onFxThread(() -> waste.getItems().size())).isEqualTo(2);
        window.until(() -> window.says(
                words -> words.equals("overwritten by layer 2: RUN apt-get update && apt-get install -y nginx")));
        choose("acme/base");
        window.until(() -> window.says("Nothing is wasted"::equals));
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
        window.until(() -> window.says(words -> words.contains("no container ever sees")));
    }

    private static void select(TabPane tabs, String id) {
        ToolkitStart.onFxThread(() -> {
            tabs.getTabs().stream().filter(tab -> id.equals(tab.getId())).forEach(tabs.getSelectionModel()::select);
            return true;
        });
    }
}
