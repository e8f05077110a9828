package io.darsena.app.shell;

import static io.darsena.app.ToolkitStart.doing;
import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.compare.TwoImages;
import io.darsena.app.screen.ComparedSides;
import io.darsena.app.screen.Navigation;
import io.darsena.app.screen.Section;
import io.darsena.app.theme.WindowMemory;
import io.darsena.bridge.Engine;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.fake.FakeEngine;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the sidebar and the status bar tell of registries, and which places the sidebar shows.
@Timeout(90)
class SidebarTest {

    private static final ImageReference NAME = ImageReference.parse(TwoImages.OLD);

    @TempDir
    private Path folder;

    private final FakeEngine engine = new FakeEngine();
    private WindowOnFakeEngine window;

    @BeforeEach
    void open() {
        TwoImages.addOld(engine);
        TwoImages.addNew(engine);
        window = new WindowOnFakeEngine(engine, folder.resolve("window"), Locale.ENGLISH);
        window.until(() -> window.list().isFocused());
    }

    @AfterEach
    void close() {
        window.close();
    }

    private Section section() {
        return window.window().context().navigation().section().get();
    }

    private Node sidebar(Section section) {
        return Objects.requireNonNull(
                window.scene().lookup("#section-" + section.name().toLowerCase(Locale.ROOT)));
    }

    private boolean syncSays(String words) {
        return window.node("#sync", Hyperlink.class)
                .getText()
                .replace('\u00a0', ' ')
                .equals(words);
    }

    /// The list of images has a column of that name.
    private Hyperlink sync() {
        return window.node(".sync-status", Hyperlink.class);
    }

    @Test
    void nothingIsSaidOfRegistriesWhileNoneWasEverAsked() {
        window.until(() -> !sidebar(Section.IMAGES).getAccessibleText().equals("Images"));
        assertThat(window.read(() ->
                        Objects.requireNonNull(window.scene().lookup("#sync")).isVisible()))
                .isFalse();
        assertThat(window.read(() -> sidebar(Section.REGISTRIES).getAccessibleText()))
                .isEqualTo("Registries");
    }

    @Test
    void whatWasCheckedWithoutAnUpdateLeadsToAllImages() {
        ((Engine) engine).registries().push(NAME, Optional.empty(), progress -> {});
        ((Engine) engine).sync().check(NAME);
        window.until(() -> syncSays("Sync: checked just now · no updates"));
        engine.sync().age(NAME, Duration.ofMinutes(4));
        window.until(() -> syncSays("Sync: checked 4 min ago · no updates"));
        doing(() -> window.node("#sync", Hyperlink.class).fire());
        window.until(
                () -> section() == Section.IMAGES && window.list().getItems().size() == 3);
    }

    @Test
    void anUpdateIsCountedInTheFrameAndLeadsToItsImage() {
        TwoImages.addUpdate(engine);
        window.until(() -> syncSays("Sync: checked just now · 1 update"));
        window.until(() -> sidebar(Section.REGISTRIES).getAccessibleText().equals("Registries, 1 update"));
        window.until(() -> window.says("1 ↑"::equals));
        window.click("#sync");
        window.until(
                () -> section() == Section.IMAGES && window.list().getItems().size() == 1);
        window.until(() -> window.node("#chip-updates", ToggleButton.class).isSelected());
        assertThat(window.read(
                        () -> window.node("#chip-updates", ToggleButton.class).getText()))
                .isEqualTo("Updates 1");
        Engine door = engine;
        door.images().remove(door.images().find(TwoImages.OLD).orElseThrow().id());
        window.until(() -> !window.says("1 ↑"::equals));
        window.until(() -> sidebar(Section.REGISTRIES).getAccessibleText().equals("Registries"));
    }

    @Test
    void whenTheLastUpdateIsDoneTheStatusBarLeadsFromItsTabToAllImages() {
        TwoImages.addUpdate(engine);
        window.until(() -> sync().getText().endsWith("· 1 update"));
        doing(() -> sync().fire());
        window.until(
                () -> section() == Section.IMAGES && window.list().getItems().size() == 1);
        doing(() -> window.list().getSelectionModel().clearAndSelect(0));
        Button update = window.node("#sync-update", Button.class);
        window.until(() -> !update.isDisabled());
        doing(update::fire);
        window.until(() -> sync().getText().endsWith("· no updates"));
        window.until(() -> window.list().getItems().isEmpty());
        doing(() -> sync().fire());
        // What it was has no name any more.
        window.until(() -> window.list().getItems().size() == 3);
    }

    @Test
    void aSectionThatIsHiddenInTheSettingsStaysReachableAndIsRemembered() {
        doing(() -> window.window().context().navigation().go(Section.SETTINGS));
        CheckBox box = window.node("#show-registries", CheckBox.class);
        assertThat(box.getAccessibleText()).isEqualTo("Show Registries in the sidebar");
        doing(box::fire);
        window.until(() -> !sidebar(Section.REGISTRIES).isVisible());
        assertThat(window.read(() -> sidebar(Section.REGISTRIES).isManaged())).isFalse();
        window.until(() ->
                WindowMemory.at(folder.resolve("window")).text("hiddenSections").equals(Optional.of("registries")));
        doing(() -> window.window().context().navigation().speak(Locale.ITALIAN));
        window.until(() -> window.says("Impostazioni"::equals));
        assertThat(window.read(() -> sidebar(Section.REGISTRIES).isVisible())).isFalse();
        new Keyboard(window).press(KeyCode.CONTROL, KeyCode.DIGIT3);
        window.until(() -> section() == Section.REGISTRIES);
        doing(() -> window.window().context().navigation().go(Section.SETTINGS));
        doing(() -> window.node("#show-registries", CheckBox.class).fire());
        window.until(() -> sidebar(Section.REGISTRIES).isVisible());
    }

    @Test
    void aComparisonBelongsToWhatIsCompared() {
        ContainerId id = ((Engine) engine).containers().create(ContainerSpec.of(TwoImages.OLD));
        Container container = ((Engine) engine).containers().container(id);
        Image old = ((Engine) engine).images().find(TwoImages.OLD).orElseThrow();
        Image now = ((Engine) engine).images().find(TwoImages.NEW).orElseThrow();
        ComparedSides images = new ComparedSides(ComparedSides.Here.of(old), ComparedSides.Here.of(now));
        ComparedSides ofContainer =
                new ComparedSides(ComparedSides.Here.of(old), ComparedSides.OfContainer.of(container));
        Navigation navigation = window.window().context().navigation();
        doing(() -> navigation.compare(images));
        window.until(() -> isMarked(Section.IMAGES));
        doing(() -> navigation.compare(ofContainer));
        window.until(() -> isMarked(Section.CONTAINERS));
        doing(navigation::swapCompared);
        assertThat(window.read(() -> isMarked(Section.CONTAINERS))).isTrue();
        doing(navigation::back);
        window.until(() -> isMarked(Section.IMAGES));
    }

    private boolean isMarked(Section section) {
        return ((ToggleButton) sidebar(section)).isSelected();
    }

    @Test
    void aRightClickOnTheSidebarHidesAndShowsSections() {
        window.robot().rightClickOn("#section-trash");
        window.click("#show-trash");
        window.until(() -> !sidebar(Section.TRASH).isVisible());
        window.robot().rightClickOn("#section-images");
        window.click("#show-trash");
        window.until(() -> sidebar(Section.TRASH).isVisible());
    }

    @Test
    void whatIsRememberedOfOtherSectionsHidesNone() {
        WindowMemory memory = WindowMemory.at(folder.resolve("other"));
        memory.remember("hiddenSections", "containers,settings,builds,images");
        memory.save();
        window.close();
        window = new WindowOnFakeEngine(engine, folder.resolve("other"), Locale.ENGLISH);
        window.until(() -> window.list().isFocused());
        assertThat(window.read(() -> sidebar(Section.IMAGES).isVisible())).isFalse();
        assertThat(window.read(() -> sidebar(Section.CONTAINERS).isVisible())).isTrue();
        assertThat(window.read(() -> sidebar(Section.SETTINGS).isVisible())).isTrue();
    }
}
