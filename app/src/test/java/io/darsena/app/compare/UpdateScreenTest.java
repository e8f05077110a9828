package io.darsena.app.compare;

import static io.darsena.app.ToolkitStart.doing;
import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.screen.Section;
import io.darsena.app.shell.WindowOnFakeEngine;
import io.darsena.bridge.Engine;
import io.darsena.bridge.error.DeniedException;
import io.darsena.bridge.fake.FakeEngine;
import io.darsena.bridge.image.ImageId;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Comparing before an update, in the window.
@Timeout(60)
class UpdateScreenTest {

    private static final String SUMMARY =
            "A pull would fetch 1.8 KB (1 of 3 layers) · 2 differences in the configuration";

    @TempDir
    private Path folder;

    private WindowOnFakeEngine window;
    private ImageId old;

    @BeforeEach
    void open() {
        FakeEngine engine = new FakeEngine();
        old = TwoImages.addOldWithUpdate(engine);
        window = new WindowOnFakeEngine(engine, folder.resolve("window"), Locale.ENGLISH);
        doing(() -> window.window().context().navigation().go(Section.IMAGES));
        TableView<?> images = window.list();
        window.until(() -> images.getItems().size() == 2);
    }

    @AfterEach
    void close() {
        window.close();
    }

    private String text(String id) {
        return window.read(() -> window.node(id, Label.class).getText().replace('\u00a0', ' '));
    }

    private boolean speaks(String words) {
        return window.node("#compared-layers", ListView.class).lookupAll(".list-cell").stream()
                .anyMatch(cell -> cell instanceof ListCell<?> shown
                        && String.valueOf(shown.getAccessibleText()).contains(words));
    }

    @Test
    void fromTheDetailOfAnImageToItsUpdateAndAfterAPullToItsFiles() {
        doing(() -> window.list().getSelectionModel().clearAndSelect(0));
        window.click("#sync-compare");
        window.until(() -> text("#compare-summary").equals(SUMMARY));
        assertThat(text("#beforeFacts")).endsWith("compressed, on this machine");
        assertThat(text("#afterFacts")).endsWith("compressed, at its registry");
        assertThat(text("#beforeName")).isEqualTo(TwoImages.OLD + " · " + old.shortId());
        assertThat(text("#afterName")).startsWith(TwoImages.OLD + " · ").isNotEqualTo(text("#beforeName"));
        TableView<?> config = window.node("#compared-config", TableView.class);
        window.until(() -> config.getItems().size() == 2);
        TabPane tabs = window.node("#compare-tabs", TabPane.class);
        window.until(tabs::isFocused);
        window.robot().push(KeyCode.RIGHT);
        window.until(() -> speaks("here already") && speaks("to fetch"));
        assertThat(text("#layers-shared")).endsWith("Sizes are those of the compressed layers.");
        window.robot().push(KeyCode.LEFT);
        window.robot().push(KeyCode.LEFT);
        Button pull = window.node("#compare-pull", Button.class);
        doing(pull::requestFocus);
        window.robot().push(KeyCode.SPACE);
        window.until(() -> text("#compare-summary").startsWith("1 file added"));
        assertThat(text("#beforeName")).isEqualTo(old.shortId());
        assertThat(text("#afterName")).isEqualTo(TwoImages.OLD);
        assertThat(((Engine) window.engine()).images().find(old.toString())).isPresent();
        window.until(() -> window.node("#explorer", TableView.class).isFocused());
    }

    @Test
    void byThePaletteAndARefusalIsToldThereWithWhatHelps() {
        window.engine()
                .failNext(
                        "preview",
                        new DeniedException(
                                "preview", TwoImages.OLD, "the registry wants a login for it", "log in first"));
        window.robot().press(KeyCode.CONTROL, KeyCode.SHIFT).type(KeyCode.P).release(KeyCode.SHIFT, KeyCode.CONTROL);
        window.node("#palette-field", Node.class);
        window.robot().write("with its update");
        window.robot().push(KeyCode.ENTER);
        window.node("#compare-login", Button.class);
        window.until(() -> window.says(words -> words.contains("The registry wants a login for it")));
        window.click("#compare-retry");
        window.until(() -> text("#compare-summary").equals(SUMMARY));
        assertThat(Optional.ofNullable(window.scene().lookup("#compare-login")).filter(WindowOnFakeEngine::isShown))
                .isEmpty();
    }
}
