package io.darsena.app.family;

import io.darsena.app.ToolkitStart;
import io.darsena.app.screen.Section;
import io.darsena.app.shell.WindowOnFakeEngine;
import io.darsena.bridge.Engine;
import io.darsena.bridge.fake.FakeEngine;
import io.darsena.bridge.fake.FakeLayer;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The family tree in the Images section.
@Timeout(60)
class FamilyScreenTest {

    private static final ImageConfig CONFIG =
            new ImageConfig(List.of(), List.of("site"), List.of(), "", "", "", List.of(), List.of(), Map.of());

    private static final FakeLayer BASE = FakeLayer.of("ADD base / ", "f 90000000 base");

    @TempDir
    private Path folder;

    private WindowOnFakeEngine window;

    @BeforeEach
    void open() {
        FakeEngine engine = new FakeEngine();
        engine.addImage("acme/site:2", CONFIG, List.of(BASE, FakeLayer.of("COPY site", "f 2000 site")));
        engine.addImage("acme/base:1", CONFIG, List.of(BASE));
        window = new WindowOnFakeEngine(engine, folder.resolve("window"), Locale.ENGLISH);
        ToolkitStart.onFxThread(() -> {
            window.window().context().navigation().go(Section.IMAGES);
            return true;
        });
        window.until(() -> window.list().getItems().size() == 3);
    }

    @AfterEach
    void close() {
        window.close();
    }

    private List<String> lines() {
        return window.read(() -> ((FamilyTable) window.node("#family.list", TableView.class))
                .getItems().stream()
                        .map(row -> ".".repeat(row.depth())
                                + row.image().map(Image::displayName).orElse("shared"))
                        .toList());
    }

    @Test
    void theTreeTakesThePlaceOfTheListAndWhatIsChosenThereIsShown() {
        window.click("#family.toggle-button");
        window.until(() -> lines().equals(List.of("acme/base:1", ".acme/site:2", "darsena/starter:latest")));
        window.click("acme/site:2");
        window.until(() -> window.says("COPY site"::equals));
        window.robot().type(KeyCode.UP);
        window.until(() -> !window.says("COPY site"::equals) && window.says("ADD base /"::equals));
        window.click("#family.toggle-button");
        window.until(() -> window.list().getSelectionModel().getSelectedItem() != null);
        window.until(() -> window.says("ADD base /"::equals));
    }

    @Test
    void anImageThatComesAndOneThatGoesChangeIt() {
        window.click("#family.toggle-button");
        window.until(() -> lines().size() == 3);
        window.engine()
                .addImage(
                        "acme/site:3",
                        CONFIG,
                        List.of(BASE, FakeLayer.of("COPY site", "f 2000 site"), FakeLayer.of("COPY more", "f 9 more")));
        window.until(() ->
                lines().equals(List.of("acme/base:1", ".acme/site:2", "..acme/site:3", "darsena/starter:latest")));
        Engine engine = window.engine();
        engine.images().remove(engine.images().find("acme/site:2").orElseThrow().id());
        window.until(() -> lines().equals(List.of("acme/base:1", ".acme/site:3", "darsena/starter:latest")));
    }
}
