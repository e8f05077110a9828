package io.darsena.app.packages;

import static io.darsena.app.ToolkitStart.doing;
import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.compare.TwoImages;
import io.darsena.app.screen.Section;
import io.darsena.app.shell.WindowOnFakeEngine;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.fake.FakeEngine;
import io.darsena.bridge.fake.FakeLayer;
import io.darsena.bridge.sbom.FoundPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What software an image and a container hold, and saving a bill of materials.
@Timeout(60)
class PackagesScreenTest {

    @TempDir
    private Path folder;

    private WindowOnFakeEngine window;

    @BeforeEach
    void open() {
        FakeEngine engine = new FakeEngine();
        TwoImages.addOld(engine);
        engine.tellPackages(TwoImages.addNew(engine), SomePackages.LISTING);
        window = new WindowOnFakeEngine(engine, folder.resolve("window"), Locale.ENGLISH);
    }

    @AfterEach
    void close() {
        window.close();
    }

    /// @param tag of one of the [TwoImages]
    private void openTab(String tag) {
        doing(() -> window.window().context().navigation().go(Section.IMAGES));
        TableView<?> images = window.node("#table", TableView.class);
        window.until(() -> images.getItems().size() == 3);
        window.click(tag);
        TabPane tabs = window.node("#image-detail", TabPane.class);
        doing(() -> tabs.getTabs().stream()
                .filter(tab -> "packages-tab".equals(tab.getId()))
                .forEach(tabs.getSelectionModel()::select));
    }

    private List<String> names() {
        return window.read(() -> window.node("#packages", TableView.class).getItems().stream()
                .map(found -> ((FoundPackage) found).displayName())
                .toList());
    }

    private String text(String id) {
        return window.read(() -> window.node(id, Label.class).getText());
    }

    @Test
    void packagesAreFoundByWordsAndTypesAndSorted() {
        openTab("1.4");
        window.until(() -> names().equals(List.of("bash", "libc6", "openssl", "org.slf4j:slf4j-api", "@types/node")));
        assertThat(text("#packages-summary")).isEqualTo("5 packages in Debian GNU/Linux 12 (bookworm)");
        assertThat(text("#packages-remarks"))
                .startsWith("3 files were not read. /var/lib/rpm/Packages: ")
                .endsWith("; and 1 more");
        window.click("#type-deb");
        window.until(() -> names().equals(List.of("bash", "libc6", "openssl")));
        window.click("#package-filter");
        window.robot().write("APACHE");
        window.until(() -> names().equals(List.of("openssl")));
        window.robot().type(KeyCode.DOWN);
        window.robot().press(KeyCode.CONTROL).type(KeyCode.C).release(KeyCode.CONTROL);
        window.until(() ->
                String.valueOf(Clipboard.getSystemClipboard().getString()).startsWith("pkg:deb/debian/openssl@3.0.15"));
        window.click("#package-filter");
        window.robot().write("zzz");
        window.until(() -> window.says("Nothing found"::equals));
        window.click("#packages-clear");
        window.until(() -> names().size() == 5);
        doing(() -> {
            TableView<?> table = window.node("#packages", TableView.class);
            table.getSortOrder().clear();
            sort(table);
        });
        window.until(() ->
                names().getFirst().equals("@types/node") && names().getLast().equals("org.slf4j:slf4j-api"));
    }

    private static <T> void sort(TableView<T> table) {
        table.getSortOrder().add(table.getColumns().getFirst());
    }

    @Test
    void aBillOfMaterialsIsSavedWhereThePersonSays() throws IOException {
        openTab("1.4");
        Path file = folder.resolve("saved.json");
        PackagesPane pane = window.node(".packages-pane", PackagesPane.class);
        MenuButton save = window.node("#save-sbom", MenuButton.class);
        window.until(() -> !save.isDisabled());
        doing(() -> pane.hand().choosing((owner, title, name) -> {
            assertThat(name).isEqualTo("acme-site-1.4.cdx.json");
            return Optional.of(file);
        }));
        doing(() -> save.getItems().get(1).fire());
        window.until(() -> window.says(words -> words.contains("saved to " + file)));
        assertThat(Files.readString(file)).contains("\"bomFormat\":\"CycloneDX\"", "slf4j-api");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.filter(each -> each.toString().endsWith(".part"))).isEmpty();
        }
    }

    @Test
    void whereNothingIsFoundThatIsSaidAndAFailureIsTriedAgain() {
        window.engine().failNext("find packages", new NotFoundException("find the packages of", "it", "it went", ""));
        openTab("1.3");
        window.until(() -> window.says(words -> words.contains("It went")));
        Button retry = window.node("#packages-retry", Button.class);
        doing(retry::fire);
        window.until(() -> window.says("No package database found"::equals));
        window.click("1.4");
        window.until(() -> names().size() == 5);
    }

    @Test
    void aContainersOwnPackagesAreShownToo() {
        ContainerId web = window.running("web-1");
        window.engine()
                .change(
                        web,
                        FakeLayer.of(
                                "",
                                "t var/lib/dpkg/status Package: curl\nStatus: install ok installed\nVersion: 7.88.1\n"));
        doing(() -> window.window().context().navigation().showContainer(web));
        TabPane tabs = window.node("#tabs", TabPane.class);
        doing(() -> tabs.getTabs().stream()
                .filter(tab -> "Packages".equals(tab.getText()))
                .forEach(tabs.getSelectionModel()::select));
        window.until(() -> names().equals(List.of("curl")));
    }
}
