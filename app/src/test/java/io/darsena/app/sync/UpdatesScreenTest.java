package io.darsena.app.sync;

import static io.darsena.app.ToolkitStart.doing;
import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.screen.Section;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.shell.WindowOnFakeEngine;
import io.darsena.bridge.Engine;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.error.UnavailableException;
import io.darsena.bridge.fake.FakeEngine;
import io.darsena.bridge.image.ImageConfig;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.bridge.sync.Standing;
import io.darsena.bridge.sync.SyncReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuButton;
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

/// Updates, queued pushes and cleaning up, as a person meets them.
@Timeout(90)
class UpdatesScreenTest {

    private static final ImageReference NAME = ImageReference.parse("localhost:5000/team/web:1");
    private static final ImageConfig CONFIG =
            new ImageConfig(List.of(), List.of("starter"), List.of(), "", "", "", List.of(), List.of(), Map.of());

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

    private void fire(String id) {
        Button button = window.node(id, Button.class);
        window.until(() -> !button.isDisabled());
        doing(button::fire);
    }

    /// Numbers and their units stand together.
    private boolean says(String words) {
        return window.says(text -> text.replace('\u00a0', ' ').equals(words));
    }

    private boolean speaks(String beginning) {
        return window.scene().getRoot().lookupAll(".container-image").stream()
                .anyMatch(node -> String.valueOf(node.getAccessibleText()).startsWith(beginning));
    }

    @Test
    void anUpdateIsFoundShownAndPulledAndContainersOfTheOlderImageAreMarked() {
        engine().images()
                .tag(engine().images().find(FakeEngine.STARTER).orElseThrow().id(), NAME);
        engine().registries().push(NAME, Optional.empty(), progress -> {});
        engine().containers().create(ContainerSpec.of(NAME.familiar()).withName("web"));
        window.engine().registries().publish(NAME.toString(), 3);
        doing(() -> context().navigation().go(Section.IMAGES));
        TableView<?> list = window.list();
        window.until(() -> list.getItems().size() == 2 && says("Up to date"));
        doing(() -> list.getSelectionModel().select(1));
        window.engine().sync().age(NAME, Duration.ofMinutes(3));
        window.until(() -> says("Up to date. Checked 3 minutes ago."));
        fire("#sync-check");
        window.until(() -> says("Update, 3.1 MB"));
        window.until(() -> says("Update available, 3.1 MB to download. Checked just now."));
        fire("#sync-update");
        window.until(() -> engine().sync()
                .report()
                .of(NAME)
                .filter(tag -> tag.standing() instanceof Standing.UpToDate)
                .isPresent());
        window.until(() -> list.getItems().size() == 2 && says("Up to date"));
        doing(() -> context().navigation().go(Section.CONTAINERS));
        window.until(() -> speaks("Runs an older image: localhost:5000/team/web:1"));

        doing(() -> context().navigation().go(Section.IMAGES));
        window.until(() -> window.list().getItems().size() == 2);
        doing(() -> window.list().getSelectionModel().clearAndSelect(1));
        assertThat(window.read(() -> window.node("#image-shown", Label.class).getText()))
                .isEqualTo(NAME.familiar());
        MenuButton digests = window.node("#image-digests", MenuButton.class);
        window.until(() -> digests.getItems().size() == 1);
        doing(() -> digests.getItems().getFirst().fire());
        window.until(() -> String.valueOf(Clipboard.getSystemClipboard().getString())
                .startsWith(NAME.familiarRepository() + "@sha256:"));
        CheckBox automatic = window.node("#sync-auto", CheckBox.class);
        doing(automatic::fire);
        window.until(() -> engine().sync().report().of(NAME).orElseThrow().autoPull());
        schedule();
    }

    private void schedule() {
        doing(() -> context().navigation().go(Section.REGISTRIES));
        TableView<?> registries = window.list();
        window.until(() -> registries.getItems().size() == 2);
        doing(() -> registries.getSelectionModel().select(1));
        TabPane tabs = window.node("#registry-detail", TabPane.class);
        doing(() -> tabs.getSelectionModel().select(1));
        ComboBox<?> every = window.node("#registry-schedule", ComboBox.class);
        window.until(() -> says("Default (every 6 h)"));
        doing(() -> every.getSelectionModel().selectLast());
        window.until(() -> says("Never"));
        RegistryHost host = RegistryHost.of(NAME);
        window.until(() -> engine().settings().sync().own(host).isPresent());
        assertThat(engine().settings().sync().every(host)).isEmpty();
        doing(() -> every.getSelectionModel().selectFirst());
        window.until(() -> engine().settings().sync().own(host).isEmpty());
    }

    @Test
    void aPushWaitsInTheDrawerUntilThereIsANetwork() {
        window.engine().sync().quiet(Optional.of(SyncReport.Quiet.OFFLINE));
        doing(() -> context().navigation().push(FakeEngine.STARTER));
        TextField name = window.node("#image-name", TextField.class);
        window.until(name::isFocused);
        doing(() -> name.setText(NAME.familiar()));
        fire("#queue");
        window.until(() -> says("Push of " + NAME.familiar() + " waits"));
        window.until(() -> says("There is no network. It is sent once there is one."));
        window.until(() -> says("1 push waits"));
        window.engine().failNext("push", new UnavailableException("push", NAME.familiar(), "nothing answers", ""));
        doing(() -> context().transfers().push(NAME, Optional.empty()));
        fire("#transfer-queue");
        window.until(() -> context().transfers().recent().isEmpty());
        window.engine().sync().quiet(Optional.empty());
        window.until(() -> engine().sync().report().pushes().isEmpty());
        window.until(() -> !says("Push of " + NAME.familiar() + " waits"));
        assertThat(engine().registries().describe(NAME, Optional.empty()).name())
                .isEqualTo(NAME);
    }

    @Test
    void whatACleanUpTakesIsShownBeforeAndTheFocusIsOnCancel() {
        window.engine().addImage("old:1", CONFIG, 3_000_000);
        engine().images().untag(ImageReference.parse("old:1"));
        window.engine().addImage("kept:1", CONFIG, 5_000_000);
        window.engine().disk().leave("broken", 1_000_000);
        doing(() -> context().navigation().cleanUp());
        Button cancel = window.node("#cancel", Button.class);
        window.until(cancel::isFocused);
        ListView<?> images = window.node("#images", ListView.class);
        window.until(() -> images.getItems().size() == 3);
        String before = "To remove: 1 image, 1 layer, 2 blobs, 1 interrupted download. This frees 5.5 MB.";
        window.until(() -> says(before));
        assertThat(window.read(() -> window.node("#remove", Button.class).getText()))
                .isEqualTo("Remove 1 image");
        doing(() -> {
            images.requestFocus();
            images.getSelectionModel().select(1);
        });
        window.robot().push(KeyCode.SPACE);
        window.until(() -> window.node("#remove", Button.class).getText().equals("Remove 2 images"));
        window.robot().push(KeyCode.SPACE);
        window.until(() -> says(before));
        fire("#remove");
        window.until(() -> says("1 image removed, 5.5 MB freed."));
        assertThat(engine().images().list()).hasSize(2);
        assertThat(engine().disk().prunable().remains()).isZero();
        window.until(cancel::isFocused);
        window.robot().push(KeyCode.ENTER);
        window.until(
                () -> window.scene().getRoot().lookupAll(".clean-up").stream().noneMatch(Node::isVisible));
    }
}
