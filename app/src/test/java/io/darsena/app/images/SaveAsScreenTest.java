package io.darsena.app.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.ToolkitStart;
import io.darsena.app.screen.Section;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.session.TransferJob;
import io.darsena.app.shell.WindowOnFakeEngine;
import io.darsena.bridge.fake.FakeEngine;
import io.darsena.bridge.image.ArchiveFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Saving an image to an archive, as a person sees it.
@Timeout(60)
class SaveAsScreenTest {

    @TempDir
    private Path folder;

    private WindowOnFakeEngine window;

    @BeforeEach
    void open() {
        window = new WindowOnFakeEngine(new FakeEngine(), folder.resolve("window"), Locale.ENGLISH);
        ToolkitStart.onFxThread(() -> {
            context().navigation().go(Section.IMAGES);
            return true;
        });
    }

    @AfterEach
    void close() {
        window.close();
    }

    private WindowContext context() {
        return window.window().context();
    }

    private TransferJob save(Path archive) {
        return ToolkitStart.onFxThread(
                () -> context().transfers().save(List.of(FakeEngine.STARTER), ArchiveFormat.DOCKER, archive));
    }

    @Test
    void theMenuOfAnImageOffersBothFormats() {
        TableView<?> table = window.node("#table", TableView.class);
        window.until(() -> !table.getItems().isEmpty());
        ImageRow row = (ImageRow) table.getItems().getFirst();
        ContextMenu menu = ToolkitStart.onFxThread(() -> new ImageMenu(
                        context(),
                        new ImageActions(
                                context().commands(),
                                context().pump(),
                                context().messages()),
                        () -> null,
                        unused -> {})
                .of(row));
        assertThat(menu.getItems())
                .filteredOn(item -> item instanceof Menu)
                .singleElement()
                .satisfies(item -> assertThat(((Menu) item).getItems())
                        .extracting(MenuItem::getText)
                        .containsExactly("Archive for Docker and OCI tools…", "OCI archive…"));
    }

    @Test
    void progressIsShownAndCancelledAndNothingIsLeft() throws Exception {
        Path archive = Files.createDirectory(folder.resolve("out")).resolve("starter-latest.tar");
        try (AutoCloseable held = window.engine().hold("save")) {
            save(archive);
            window.node(".import-row .progress-bar", ProgressBar.class);
            Button cancel = window.node(".import-row .button", Button.class);
            ToolkitStart.onFxThread(() -> {
                cancel.fire();
                return true;
            });
        }
        window.until(() -> window.scene().getRoot().lookup(".import-row") == null);
        assertThat(archive.resolveSibling(".")).isEmptyDirectory();
    }

    @Test
    void whereItWasSavedIsTold() throws Exception {
        Path archive = Files.createDirectory(folder.resolve("out")).resolve("starter-latest.tar");
        save(archive);
        Label words = window.node(".import-row .done .label", Label.class);
        assertThat(words.getText()).isEqualTo("Saved to " + archive);
        assertThat(archive).isNotEmptyFile();
    }

    @Test
    void severalAreOfferedToBeSavedTogether() {
        window.engine().addImage("team/tool:1", FakeEngine.STARTER_CONFIG, 100);
        TableView<?> table = window.node("#table", TableView.class);
        window.until(() -> table.getItems().size() == 2);
        ToolkitStart.doing(() -> table.getSelectionModel().selectAll());
        Button together = window.node("#bulk-save", Button.class);
        window.until(() -> together.isVisible() && !together.isDisabled());
        ToolkitStart.doing(together::fire);
        window.until(() -> window.says("OCI archive…"::equals));
        window.robot().press(KeyCode.ESCAPE).release(KeyCode.ESCAPE);
        window.until(() -> !window.says("OCI archive…"::equals));
    }

    @Test
    void oneArchiveHoldsAllThatWereChosen() throws Exception {
        window.engine().addImage("team/tool:1", FakeEngine.STARTER_CONFIG, 100);
        Path archive = Files.createDirectory(folder.resolve("out")).resolve("images.tar");
        ToolkitStart.onFxThread(() ->
                context().transfers().save(List.of(FakeEngine.STARTER, "team/tool:1"), ArchiveFormat.OCI, archive));
        Label words = window.node(".import-row .done .label", Label.class);
        assertThat(words.getText()).isEqualTo("Saved to " + archive);
    }
}
