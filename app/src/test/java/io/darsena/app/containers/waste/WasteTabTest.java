package io.darsena.app.containers.waste;

import static io.darsena.app.ToolkitStart.doing;
import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.ToolkitStart;
import io.darsena.app.layers.ExplorerTable;
import io.darsena.app.shell.WindowOnFakeEngine;
import io.darsena.bridge.Engine;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.fake.FakeEngine;
import io.darsena.bridge.fake.FakeLayer;
import io.darsena.bridge.layer.FilePath;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a container wastes, in its Waste tab.
@Timeout(60)
class WasteTabTest {

    @TempDir
    private Path folder;

    private WindowOnFakeEngine window;
    private FakeEngine engine;
    private ContainerId id;

    @BeforeEach
    void open() {
        engine = new FakeEngine();
        engine.addImage(
                "acme/site:1",
                FakeEngine.STARTER_CONFIG,
                List.of(FakeLayer.of(
                        "COPY . /srv/ # buildkit", "f 900000 srv/page", "f 500000 srv/old", "f 8000 srv/tool.bin")));
        Engine here = engine;
        id = here.containers().create(ContainerSpec.of("acme/site:1").withName("web-1"));
        engine.change(
                id,
                FakeLayer.of(
                        "", "f 900001 srv/page", "w srv/old", "f 40000 root/.cache/pip/wheel", "f 8000 opt/tool.bin"));
        window = new WindowOnFakeEngine(engine, folder.resolve("window"), Locale.ENGLISH);
        window.choose(id);
    }

    @AfterEach
    void close() {
        window.close();
    }

    private TableView<?> waste() {
        return window.node("#waste", TableView.class);
    }

    private String text(String id) {
        Label label = window.node(id, Label.class);
        return ToolkitStart.onFxThread(label::getText);
    }

    private void open(int rows) {
        window.tab("Waste");
        TableView<?> waste = waste();
        window.until(
                () -> waste.getItems().size() == rows && text("#waste-summary").contains(" is waste ("));
    }

    private void press(KeyCode key) {
        window.robot().type(key);
    }

    @Test
    void whatTheContainerHidesIsToldAsItsChanges() {
        open(3);
        assertThat(text("#waste-summary")).startsWith("1.4\u00a0MB of 2.4\u00a0MB is waste");
        window.until(() -> window.says("overwritten by this container’s changes"::equals));
        assertThat(window.says("removed by this container’s changes"::equals)).isTrue();
        assertThat(window.says("layer 1: COPY . /srv/"::equals)).isTrue();
        window.click("#waste-caches");
        window.until(() -> waste().getItems().size() == 1);
        window.click("/root/.cache/pip");
        window.until(() -> text("#waste-cure").equals("pip cache purge"));
        assertThat(text("#waste-hint")).contains("In the container");
        assertThat(window.robot().lookup(".step-instruction").<Node>queryAll())
                .as("no instruction has made it")
                .noneMatch(WindowOnFakeEngine::isShown);
    }

    @Test
    void theKeyboardLeadsToTheFileInItsLayerAndInTheContainer() {
        open(3);
        doing(() -> {
            waste().requestFocus();
            waste().getSelectionModel().clearAndSelect(0);
        });
        press(KeyCode.ENTER);
        window.node("#image-detail", TabPane.class);
        window.until(() -> chosen().equals(List.of(FilePath.of("srv/page"))));
        window.robot().press(KeyCode.ALT).type(KeyCode.LEFT).release(KeyCode.ALT);
        window.choose(id);
        open(3);
        doing(() -> {
            waste().requestFocus();
            waste().getSelectionModel().clearAndSelect(2);
        });
        press(KeyCode.ENTER);
        window.node("#files-written", Node.class);
        window.until(() -> chosen().equals(List.of(FilePath.of("root/.cache/pip"))));
    }

    private List<FilePath> chosen() {
        return window.read(() -> ((ExplorerTable) window.node("#explorer", TableView.class)).chosen());
    }

    @Test
    void itIsCountedAnewAtAButtonAndByF5() {
        open(3);
        engine.change(id, FakeLayer.of("", "f 10 srv/page"));
        window.click("#waste-refresh");
        window.until(() -> waste().getItems().size() == 1);
        engine.change(id, FakeLayer.of("", "f 10 srv/new"));
        doing(() -> waste().requestFocus());
        press(KeyCode.F5);
        window.until(() -> window.says("Nothing is wasted"::equals));
    }

    @Test
    void duplicatesAreFoundAcrossTheImageAndTheContainer() {
        open(3);
        window.click("#waste-duplicates");
        window.until(() -> window.says("same content as /srv/tool.bin"::equals));
        window.click("/opt/tool.bin");
        window.until(() -> text("#waste-cure").equals("ln -sf /srv/tool.bin /opt/tool.bin"));
    }

    @Test
    void aFailureIsToldThereAndGoesWithTheNextCount() {
        engine.failNext("show waste", new NotFoundException("show the waste of", "it", "it went", ""));
        window.tab("Waste");
        window.until(() -> window.says(words -> words.contains("It went")));
        window.click("#waste-refresh");
        window.until(() -> waste().getItems().size() == 3);
    }
}
