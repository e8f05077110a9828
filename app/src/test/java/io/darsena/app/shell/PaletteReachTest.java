package io.darsena.app.shell;

import static io.darsena.app.ToolkitStart.doing;
import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.ToolkitStart;
import io.darsena.app.action.Action;
import io.darsena.app.compare.TwoImages;
import io.darsena.app.palette.PaletteViewModel;
import io.darsena.app.screen.Navigation;
import io.darsena.app.screen.Section;
import io.darsena.app.screen.WindowContext;
import io.darsena.bridge.Engine;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.fake.FakeEngine;
import io.darsena.bridge.image.ImageReference;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TabPane;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What buttons and menus do is found in the palette, too, and does the same from any section.
@Timeout(90)
class PaletteReachTest {

    private static final String SECOND = "mine:second";

    @TempDir
    private Path folder;

    private WindowOnFakeEngine window;

    @BeforeEach
    void open() {
        window = new WindowOnFakeEngine(new FakeEngine(), folder.resolve("window"), Locale.ENGLISH);
        window.until(() -> window.list().isFocused());
    }

    @AfterEach
    void close() {
        window.close();
    }

    private Engine engine() {
        return window.engine();
    }

    private WindowContext context() {
        return window.window().context();
    }

    private List<String> offered() {
        return ToolkitStart.onFxThread(
                () -> context().actions().possible().stream().map(Action::words).toList());
    }

    /// As the palette does, when it is chosen in it.
    private void perform(String words) {
        window.until(() -> offered().contains(words));
        doing(() -> context().actions().possible().stream()
                .filter(action -> action.words().equals(words))
                .findFirst()
                .orElseThrow()
                .perform());
    }

    private void at(Section section) {
        window.until(() -> context().navigation().section().get() == section);
    }

    private ContainerId trashed(String name) {
        ContainerId id = window.create(name);
        engine().trash().put(id);
        window.until(() -> context().session().trash().containsKey(id));
        return id;
    }

    @Test
    void whatButtonsAndMenusOfferIsThere() {
        TwoImages.addOldWithUpdate(window.engine());
        window.running("web-1");
        trashed("old");
        window.until(() -> offered().contains("Update " + TwoImages.OLD));
        assertThat(offered())
                .contains(
                        "Import image archives…",
                        "Import an OCI layout folder…",
                        "Check all images for updates",
                        "Show the family tree of the images",
                        "Add a registry…",
                        "Empty the trash…")
                .contains(
                        "Kill web-1", "Recreate web-1…", "Copy the ID of web-1", "Restore old", "Remove old for good…")
                .contains("Open Docker Hub", "Test Docker Hub", "Log in to Docker Hub…", "Settings of Docker Hub")
                .contains(
                        "Run " + TwoImages.OLD,
                        "Inspect " + TwoImages.OLD,
                        "Tag " + TwoImages.OLD + "…",
                        "Untag " + TwoImages.OLD,
                        "Check " + TwoImages.OLD + " for updates",
                        "Update " + TwoImages.OLD + " automatically",
                        "Save " + TwoImages.OLD + " as an OCI archive…",
                        "Sign " + TwoImages.OLD + "…",
                        "Remove " + TwoImages.OLD)
                .doesNotContain("Restore the starter image", "Clear finished transfers", "Remove Docker Hub")
                .doesNotHaveDuplicates();
    }

    @Test
    void whatMakesNoSenseIsAbsent() {
        window.create("web-1");
        assertThat(offered())
                .doesNotContain("Empty the trash…", "Kill web-1", "Update " + FakeEngine.STARTER)
                .contains("Remove web-1");
    }

    @Test
    void killingIsAskedFirst() {
        ContainerId web = window.running("web-1");
        perform("Kill web-1");
        window.until(() -> window.says(words -> words.startsWith("Kill web-1")));
        doing(window.node(".dialog-pane .button.danger", Button.class)::fire);
        window.until(() -> window.containers().container(web).status() == ContainerStatus.EXITED);
    }

    @Test
    void anImageIsUpdatedAndRemovedFromAnySection() {
        TwoImages.addOldWithUpdate(window.engine());
        perform("Update " + TwoImages.OLD);
        at(Section.IMAGES);
        window.until(() -> !offered().contains("Update " + TwoImages.OLD));
        doing(() -> context().navigation().go(Section.CONTAINERS));
        perform("Remove " + TwoImages.OLD);
        at(Section.IMAGES);
        window.until(() -> window.says((TwoImages.OLD + " was removed")::equals));
        doing(window.node("#undo", Button.class)::fire);
        window.until(() -> window.list().getItems().size() == 3);
    }

    @Test
    void anImageIsInspectedWhereItStandsInTheList() {
        perform("Inspect " + FakeEngine.STARTER);
        at(Section.IMAGES);
        window.until(() -> window.node("#image-shown", Label.class).getText().equals(FakeEngine.STARTER)
                && window.node("#image-detail", TabPane.class)
                        .getSelectionModel()
                        .getSelectedItem()
                        .getText()
                        .equals("Inspect"));
    }

    @Test
    void theFamilyTreeTakesThePlaceOfTheList() {
        perform("Show the family tree of the images");
        at(Section.IMAGES);
        window.until(() -> window.says("Adds on disk"::equals));
    }

    @Test
    void theTrashIsRestoredFromAndEmptied() {
        ContainerId old = trashed("old");
        ContainerId older = trashed("older");
        perform("Restore old");
        at(Section.TRASH);
        window.until(() -> context().session().containers().containsKey(old));
        doing(() -> context().navigation().go(Section.CONTAINERS));
        perform("Empty the trash…");
        window.until(() -> window.says(words -> words.startsWith("Remove the container in the trash for good?")));
        doing(window.node(".dialog-pane .button.danger", Button.class)::fire);
        window.until(() -> !context().session().trash().containsKey(older));
    }

    @Test
    void aRegistryIsAddedAndItsSettingsAreShown() {
        perform("Add a registry…");
        at(Section.REGISTRIES);
        window.until(() -> window.says("Add a registry"::equals));
        window.robot().push(KeyCode.ESCAPE);
        perform("Settings of Docker Hub");
        window.until(() -> window.node("#registry-shown", Label.class).getText().equals("Docker Hub")
                && window.node("#registry-detail", TabPane.class)
                                .getSelectionModel()
                                .getSelectedIndex()
                        == 1);
    }

    @Test
    void aNameAloneLeadsToWhatBearsIt() {
        window.create("web-1");
        for (String name : List.of("web-1", FakeEngine.STARTER, "Docker Hub")) {
            window.until(() -> offered().contains("Open " + name));
            assertThat(firstFor(name)).isEqualTo("Open " + name);
        }
    }

    private String firstFor(String typed) {
        return ToolkitStart.onFxThread(() -> {
            PaletteViewModel model = new PaletteViewModel(
                    context().actions(), context().messages(), context().memory());
            model.typed().set(typed);
            return model.choice().orElseThrow().words();
        });
    }

    @Test
    void aSecondNameIsOpenedPushedAndRunAsTheFirst() {
        tagStarter();
        assertThat(offered())
                .contains("Open " + SECOND, "Push " + SECOND + "…", "Open " + FakeEngine.STARTER)
                .doesNotHaveDuplicates();
        assertThat(firstFor(SECOND)).isEqualTo("Open " + SECOND);
    }

    @Test
    void anImageIsOpenedThoughATabHidesItAndTheTreeIsInItsPlace() {
        TwoImages.addOldWithUpdate(window.engine());
        tagStarter();
        doing(() -> context().navigation().showImages(Navigation.Images.UPDATES));
        window.until(() -> window.list().getItems().size() == 1);
        perform("Open " + SECOND);
        window.until(() -> window.node("#image-shown", Label.class).getText().equals(SECOND));
        doing(() -> context().navigation().showImages(Navigation.Images.UPDATES));
        window.until(() -> window.list().getItems().size() == 1);
        perform("Show the family tree of the images");
        window.until(() -> window.says("Adds on disk"::equals));
        doing(() -> context().navigation().showImage(SECOND));
        window.until(() -> !window.says("Adds on disk"::equals));
        window.until(() -> window.list().getItems().size() == 1 && window.says("mine"::equals));
    }

    private void tagStarter() {
        engine().images()
                .tag(engine().images().find(FakeEngine.STARTER).orElseThrow().id(), ImageReference.parse(SECOND));
        window.until(() -> offered().contains("Run " + SECOND));
    }

    @Test
    void anIdIsCopied() {
        ContainerId web = window.create("web-1");
        perform("Copy the ID of web-1");
        window.until(() -> web.hex().equals(Clipboard.getSystemClipboard().getString()));
    }
}
