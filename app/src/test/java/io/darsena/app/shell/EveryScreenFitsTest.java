package io.darsena.app.shell;

import static io.darsena.app.ToolkitStart.doing;
import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.ToolkitStart;
import io.darsena.app.compare.TwoImages;
import io.darsena.app.packages.SomePackages;
import io.darsena.app.screen.Section;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.settings.SettingsPage;
import io.darsena.bridge.Engine;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.fake.FakeEngine;
import io.darsena.bridge.fake.FakeLayer;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.TreeSource;
import io.darsena.bridge.registry.PullRequest;
import io.darsena.bridge.sync.SyncReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ListView;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// No words are cut off, on any screen, in either language, in small windows and at twice the size.
@Timeout(300)
class EveryScreenFitsTest {

    private static final int GLANCES = 25;

    @TempDir
    private Path folder;

    private WindowOnFakeEngine window;
    private double width;
    private double height;
    private final Map<String, List<String>> problems = new LinkedHashMap<>();

    @BeforeEach
    void open() {
        FakeEngine engine = new FakeEngine(FakeEngine.ROOTLESS_WITHOUT_CGROUP, Duration.ofMillis(200));
        engine.tellPackages(TwoImages.addOld(engine), SomePackages.LISTING);
        engine.tellPackages(TwoImages.addNew(engine), SomePackages.LISTING);
        window = new WindowOnFakeEngine(engine, folder.resolve("window"), Locale.ENGLISH);
    }

    @AfterEach
    void close() {
        window.close();
    }

    private WindowContext context() {
        return window.window().context();
    }

    /// Lets layout settle, and keeps what does not fit then. The root is given its size by hand: the headless screen is
    /// smaller than the largest.
    private void look(String screen) {
        List<String> clipped = List.of();
        for (int glance = 0; glance < GLANCES; glance++) {
            clipped = ToolkitStart.onFxThread(() -> {
                Parent root = window.scene().getRoot();
                root.resize(width, height);
                root.applyCss();
                root.layout();
                return ClippedText.in(root);
            });
            if (clipped.isEmpty()) {
                return;
            }
            window.robot().interrupt(1);
        }
        problems.put(screen, clipped);
    }

    @ParameterizedTest(name = "{0}, {1} × {2}, {3} %")
    @CsvSource({
        "en, 1280, 720, 100",
        "it, 1280, 720, 100",
        "en, 900, 560, 100",
        "it, 900, 560, 100",
        "en, 1280, 720, 200",
        "it, 1280, 720, 200"
    })
    void everyWordIsWhole(String language, double wide, double high, int zoom) {
        width = wide;
        height = high;
        doing(() -> {
            context().appearance().zoom().percent(zoom);
            context().navigation().speak(Locale.of(language));
        });
        look("no containers");
        window.create("batch-7");
        ContainerId web = window.running("web-1");
        window.engine().change(web, FakeLayer.of("", "d srv", "f 900 srv/index.html", "f 64 srv/raw.bin"));
        look("containers");
        doing(() -> context().navigation().showContainer(web));
        TabPane tabs = window.node("#tabs", TabPane.class);
        for (int i = 0; i < tabs.getTabs().size(); i++) {
            int tab = i;
            doing(() -> tabs.getSelectionModel().select(tab));
            look("container, tab " + i);
        }
        commit(web);
        file(web);
        doing(() -> window.list().getSelectionModel().selectAll());
        look("containers, several selected");
        images();
        registries();
        trash();
        for (SettingsPage page : SettingsPage.values()) {
            doing(() -> context().navigation().showSettings(page.word()));
            look("settings, " + page.word());
        }
        dialogs();
        assertThat(problems).isEmpty();
    }

    private void commit(ContainerId web) {
        doing(() -> context().navigation().commit(web, List.of(FilePath.of("srv"))));
        TextArea dockerfile = window.node("#commit-dockerfile", TextArea.class);
        window.until(() -> !dockerfile.getText().isEmpty());
        look("commit");
        doing(() -> window.node("#commit-name", TextField.class).setText("No Name"));
        doing(() -> window.node("#commit-command", TextField.class).setText("sh -c 'x"));
        look("commit, with mistakes");
        window.robot().push(KeyCode.ESCAPE);
    }

    private void file(ContainerId web) {
        for (String path : List.of("srv/index.html", "srv/raw.bin")) {
            doing(() -> context().navigation().openFile(new TreeSource.OfContainer(web), FilePath.of(path)));
            ListView<?> lines = window.node("#file-lines", ListView.class);
            window.until(() -> !lines.getItems().isEmpty());
            look("file " + path);
            window.robot().push(KeyCode.ESCAPE);
        }
    }

    private void images() {
        doing(() -> context().navigation().go(Section.IMAGES));
        look("images");
        TableView<?> list = window.list();
        doing(() -> list.getSelectionModel().select(0));
        look("image");
        TabPane parts = window.node("#image-detail", TabPane.class);
        doing(() -> parts.getTabs().stream()
                .filter(tab -> "packages-tab".equals(tab.getId()))
                .forEach(parts.getSelectionModel()::select));
        window.node("#type-deb", Node.class);
        look("packages");
        doing(() -> parts.getSelectionModel().selectFirst());
        doing(() -> list.getSelectionModel().selectRange(0, 2));
        look("images, two selected");
        Button compare = window.node("#bulk-compare", Button.class);
        doing(compare::fire);
        TabPane tabs = window.node("#compare-tabs", TabPane.class);
        for (int i = 0; i < tabs.getTabs().size(); i++) {
            int tab = i;
            doing(() -> tabs.getSelectionModel().select(tab));
            look("comparison, tab " + i);
        }
        doing(() -> context().navigation().askWhatToCompare(Optional.empty()));
        look("what to compare");
        window.robot().push(KeyCode.ESCAPE);
        update(list);
    }

    private void update(TableView<?> list) {
        doing(() -> context().navigation().go(Section.IMAGES));
        TwoImages.addUpdate(window.engine());
        window.until(() -> list.getItems().size() == 2);
        doing(() -> list.getSelectionModel().clearAndSelect(0));
        Button compare = window.node("#sync-compare", Button.class);
        look("image, with an update");
        doing(compare::fire);
        TableView<?> config = window.node("#compared-config", TableView.class);
        window.until(() -> config.getItems().size() == 2);
        TabPane tabs = window.node("#compare-tabs", TabPane.class);
        for (int i = 0; i < tabs.getTabs().size(); i++) {
            int tab = i;
            doing(() -> tabs.getSelectionModel().select(tab));
            look("update, tab " + i);
        }
        doing(() -> context().navigation().go(Section.IMAGES));
    }

    private void registries() {
        window.engine().registries().publish("registry.example.com:5000/team/web:1.2", 3);
        ImageReference name = ImageReference.parse("registry.example.com:5000/team/web:1.2");
        doing(() -> context().transfers().pull(PullRequest.of(name)));
        window.until(() -> context().registries().known().size() == 2);
        doing(() -> context().navigation().go(Section.REGISTRIES));
        TableView<?> list = window.list();
        window.until(() -> list.getItems().size() == 2);
        look("registries");
        doing(() -> list.getSelectionModel().select(1));
        TabPane tabs = window.node("#registry-detail", TabPane.class);
        TableView<?> repositories = window.node("#repositories", TableView.class);
        window.until(() -> !repositories.getItems().isEmpty());
        doing(() -> repositories.getSelectionModel().select(0));
        TableView<?> tags = window.node("#tags", TableView.class);
        window.until(() -> !tags.getItems().isEmpty());
        doing(() -> tags.getSelectionModel().select(0));
        look("repositories");
        doing(() -> tabs.getSelectionModel().select(1));
        look("registry settings");
        doing(() -> context().navigation().transfers().set(true));
        look("transfers");
        Button expand = window.node(".expand", Button.class);
        doing(expand::fire);
        look("layers");
        window.engine().sync().quiet(Optional.of(SyncReport.Quiet.METERED));
        ((Engine) window.engine()).sync().queuePush(name);
        window.node(".queued", Node.class);
        look("a push that waits");
        ((Engine) window.engine()).sync().cancelPush(name);
        doing(() -> context().navigation().transfers().set(false));
    }

    private void trash() {
        doing(() -> context().navigation().go(Section.TRASH));
        look("trash, empty");
        for (String name : List.of("old", "older")) {
            ((Engine) window.engine()).trash().put(window.create(name));
        }
        window.until(() -> window.list().getItems().size() == 2);
        look("trash");
        doing(() -> window.list().getSelectionModel().select(0));
        look("trash, one selected");
        doing(() -> window.list().getSelectionModel().selectAll());
        look("trash, several selected");
    }

    private void dialogs() {
        doing(() -> context().navigation().pull("nginx"));
        look("pull");
        window.robot().push(KeyCode.ESCAPE);
        doing(() -> context().navigation().push(FakeEngine.STARTER));
        look("push");
        window.robot().push(KeyCode.ESCAPE);
        window.engine().disk().leave("broken", 1_000_000);
        doing(() -> context().navigation().cleanUp());
        window.until(() -> !window.node("#remove", Button.class).isDisabled());
        look("clean up");
        window.robot().push(KeyCode.ESCAPE);
        doing(() -> context().navigation().run(Optional.empty()));
        look("run");
        window.robot().push(KeyCode.ESCAPE);
        doing(() -> context().actions().action("palette").perform());
        look("palette");
        window.robot().push(KeyCode.ESCAPE);
        doing(() -> context().actions().action("shortcuts").perform());
        look("shortcuts");
    }
}
