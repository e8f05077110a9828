package io.darsena.app.layers;

import io.darsena.app.ToolkitStart;
import io.darsena.app.screen.Section;
import io.darsena.app.shell.WindowOnFakeEngine;
import io.darsena.bridge.fake.FakeEngine;
import io.darsena.bridge.fake.FakeLayer;
import io.darsena.bridge.image.ImageConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A window that shows images of some layers, one of them chosen, and what tests look at in it.
@Timeout(60)
abstract class OnImages {

    static final ImageConfig CONFIG =
            new ImageConfig(List.of(), List.of("site"), List.of(), "", "", "", List.of(), List.of(), Map.of());

    static final FakeLayer BASE = FakeLayer.of(
            "/bin/sh -c #(nop) ADD file:9f in / ",
            "d etc",
            "f 900000 etc/passwd",
            "f 286 etc/motd",
            "d usr",
            "d usr/bin",
            "f 90000000 usr/bin/all",
            "l bin usr/bin");

    @TempDir
    Path folder;

    WindowOnFakeEngine window;

    @BeforeEach
    final void open() {
        window = opened();
        TableView<?> images = window.node("#table", TableView.class);
        window.until(() -> images.getItems().size() == 4);
        choose("acme/site");
        window.until(() -> pyramid().getItems().size() == 5 && !lines().isEmpty());
    }

    /// A window on such images that shows the list of them, with what it kept from the one before.
    WindowOnFakeEngine opened() {
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
        WindowOnFakeEngine made = new WindowOnFakeEngine(engine, folder.resolve("window"), Locale.ENGLISH);
        ToolkitStart.doing(() -> made.window().context().navigation().go(Section.IMAGES));
        return made;
    }

    void choose(String name) {
        window.click(name);
    }

    @AfterEach
    final void close() {
        window.close();
    }

    PyramidView pyramid() {
        return (PyramidView) window.node("#pyramid", ListView.class);
    }

    ExplorerTable files() {
        return (ExplorerTable) window.node("#explorer", TableView.class);
    }

    /// The open lines: sign and path.
    List<String> lines() {
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

    void choose(int step) {
        ToolkitStart.onFxThread(() -> {
            pyramid().getSelectionModel().clearAndSelect(step);
            return true;
        });
    }

    String text(String id) {
        Label label = window.node(id, Label.class);
        return ToolkitStart.onFxThread(label::getText);
    }

    String spoken(int step) {
        return ToolkitStart.onFxThread(() -> pyramid().lookupAll(".list-cell").stream()
                .filter(cell -> cell instanceof ListCell<?> line && line.getIndex() == step)
                .map(Node::getAccessibleText)
                .findFirst()
                .orElse(""));
    }

    boolean isSeen(String id) {
        return ToolkitStart.onFxThread(
                () -> window.scene().getRoot().lookupAll(id).stream().anyMatch(Node::isVisible));
    }

    static void select(TabPane tabs, String id) {
        ToolkitStart.onFxThread(() -> {
            tabs.getTabs().stream().filter(tab -> id.equals(tab.getId())).forEach(tabs.getSelectionModel()::select);
            return true;
        });
    }
}
