package io.darsena.app.layers;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.ToolkitStart;
import io.darsena.app.screen.Section;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.fake.FakeLayer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The files of an image's layers: found, marked, and gone through by keys.
class ExplorerScreenTest extends OnImages {

    /// What the first line shows before its name.
    private Ikon firstArrow() {
        return files().lookupAll(".file-opener .ikonli-font-icon").stream()
                .min(Comparator.comparing(
                        icon -> icon.localToScene(icon.getBoundsInLocal()).getMinY()))
                .map(icon -> ((FontIcon) icon).getIconCode())
                .orElseThrow();
    }

    @Test
    void theStackAndTheWholeImageShowMore() {
        choose(2);
        window.until(() -> lines().contains("−etc/motd"));
        window.click("#scope-stack");
        window.until(() -> lines().contains("usr/bin/all"));
        assertThat(lines()).contains("−etc/motd").doesNotContain("+srv");
        window.click("#scope-image");
        window.until(() -> lines().stream().anyMatch(line -> line.endsWith("srv/index.html")));
        assertThat(lines()).noneMatch(line -> line.endsWith("etc/motd"));
    }

    @Test
    void whatALaterLayerHidesIsMarkedInTheLayerThatBroughtIt() {
        choose(4);
        window.until(() -> marked().equals(List.of("× etc/motd", "× etc/passwd")));
        assertThat(spoken("etc/passwd")).contains("added").contains("hidden by layer 2");
        assertThat(spoken("usr/bin/all")).doesNotContain("hidden");
        assertThat(whole("etc/motd")).endsWith("Layer 2 hides it: RUN apt-get update && apt-get install -y nginx");
        window.click("#scope-stack");
        window.until(() -> marked().isEmpty());
        window.click("#scope-layer");
        window.until(() -> marked().size() == 2);
        choose(2);
        window.until(() -> lines().contains("−etc/motd"));
        window.until(() -> marked().isEmpty());
    }

    @Test
    void modeOwnerAndTimeAreToldThoughTheirColumnsHaveNoRoom() {
        choose(4);
        window.until(() -> spoken("etc/motd").contains("hidden"));
        assertThat(ToolkitStart.onFxThread(() -> files().getColumns().stream()
                        .filter(TableColumn::isVisible)
                        .map(TableColumn::getId)
                        .toList()))
                .doesNotContain("modified");
        assertThat(spoken("etc/motd")).contains("mode -rw-r--r-- · owner root · modified ");
        assertThat(whole("bin").lines().toList())
                .hasSize(4)
                .startsWith("/bin")
                .anyMatch(line -> line.startsWith("mode lrwxr-xr-x · owner root · modified "))
                .endsWith("→ usr/bin");
    }

    @Test
    void theNameOfAStrangerAddsNoLineToWhatIsToldOfIt() {
        window.engine()
                .addImage("acme/tools:1", CONFIG, List.of(FakeLayer.of("ADD all", "f 5 srv/a\nb", "l srv/e /c\nd")));
        TableView<?> images = window.node("#table", TableView.class);
        window.until(() -> images.getItems().size() == 5);
        choose("acme/tools");
        window.until(() -> lines().contains("+srv/a\nb"));
        assertThat(whole("srv/a\nb").lines()).startsWith("/srv/a\\nb").hasSize(3);
        assertThat(whole("srv/e")).endsWith("→ /c\\nd");
    }

    @Test
    void aFailureToFindWhatIsHiddenLeavesTheFiles() {
        window.engine()
                .failNext("show hidden files", new NotFoundException("show the files of", "layer 1", "it went", ""));
        choose(4);
        window.until(() -> window.says(words -> words.contains("It went")));
        assertThat(lines()).contains("+etc/passwd");
        assertThat(marked()).isEmpty();
    }

    /// Sign and path of the lines that are drawn as hidden.
    private List<String> marked() {
        return ToolkitStart.onFxThread(() -> drawn().stream()
                .filter(row -> row.getStyleClass().contains("hidden"))
                .map(row -> ((Label) row.lookup(".file-sign")).getText() + " " + path(row))
                .toList());
    }

    @Test
    void filesAreKeptOnlyWhileTheyAreLookedAt() throws Exception {
        ExplorerRows rows = (ExplorerRows) files().getItems();
        choose(2);
        window.until(() -> lines().contains("+usr/sbin/nginx"));
        window.click(".close-detail");
        window.until(() -> rows.files().isEmpty() && rows.isEmpty());
        choose("acme/site");
        window.until(() -> lines().contains("+usr/sbin/nginx"));
        AutoCloseable held = window.engine().hold("show files");
        choose(4);
        window.until(() -> rows.files().isEmpty());
        held.close();
        window.until(() -> lines().contains("+etc/passwd"));
        ToolkitStart.doing(() -> window.window().context().navigation().go(Section.CONTAINERS));
        window.until(() -> rows.files().isEmpty());
    }

    @Test
    void filesAreFoundAsLettersAreTyped() {
        window.click("#scope-image");
        TextField filter = window.node("#file-filter", TextField.class);
        window.click("#file-filter");
        window.robot().write("NGI");
        window.until(() -> lines().equals(List.of("usr", "usr/sbin", "usr/sbin/nginx")));
        assertThat(text("#files-found")).isEqualTo("1 found");
        window.robot().write("zzz");
        window.until(() -> window.says("Nothing found"::equals));
        window.robot().type(KeyCode.ESCAPE);
        window.until(() -> filter.getText().isEmpty() && lines().size() > 3);
    }

    @Test
    void filesAreFoundByKindAndSizeUntilThatIsReset() {
        window.click("#scope-image");
        window.until(() -> lines().stream().anyMatch(line -> line.endsWith("srv/index.html")));
        window.click("#file-sizes");
        window.click("#size-1000000");
        window.until(() -> text("#files-found").equals("3 found"));
        assertThat(lines())
                .containsExactly(
                        "usr",
                        "usr/bin",
                        "usr/bin/all",
                        "usr/sbin",
                        "usr/sbin/nginx",
                        "var",
                        "var/lib",
                        "var/lib/apt",
                        "var/lib/apt/lists",
                        "var/lib/apt/lists/packages");
        window.click("#file-kinds");
        window.click("#kind-links");
        window.until(() -> window.says("Nothing found"::equals));
        window.click("#file-sizes");
        window.click("#size-0");
        window.until(() -> lines().equals(List.of("bin")));
        window.click("#file-kinds");
        window.click("#kind-directories");
        window.until(() -> window.says("2 kinds"::equals) && lines().contains("var/lib"));
        assertThat(lines()).contains("bin").doesNotContain("usr/bin/all");
        window.click("#files-reset");
        window.until(() -> lines().stream().anyMatch(line -> line.endsWith("srv/index.html")));
        assertThat(window.says("Any kind"::equals)).isTrue();
        assertThat(ToolkitStart.onFxThread(() -> files().isFocused())).isTrue();
    }

    @Test
    void ofAllThatIsUpToALayerWhatItChangedCanBeShownAlone() {
        choose(2);
        window.until(() -> lines().contains("−etc/motd"));
        assertThat(isSeen("#only-changed")).isFalse();
        window.click("#scope-stack");
        window.until(() -> lines().contains("usr/bin/all"));
        window.click("#only-changed");
        window.until(() -> !lines().contains("usr/bin/all") && lines().contains("+usr/sbin/nginx"));
        assertThat(lines()).contains("−etc/motd", "~etc/passwd");
        choose("acme/fat");
        window.until(() -> pyramid().getItems().size() == 4 && lines().contains("usr/lib/tool.bin"));
    }

    @Test
    void theKeyboardGoesThroughStepsAndDirectories() {
        ToolkitStart.onFxThread(() -> {
            pyramid().requestFocus();
            return true;
        });
        window.robot().type(KeyCode.DOWN);
        window.until(() -> lines().contains("+usr/sbin/nginx"));
        ToolkitStart.onFxThread(() -> {
            files().requestFocus();
            files().getSelectionModel().selectFirst();
            return true;
        });
        assertThat(lines().getFirst()).isEqualTo("etc");
        window.robot().type(KeyCode.LEFT);
        window.until(() -> !lines().contains("~etc/passwd") && firstArrow() == Feather.CHEVRON_RIGHT);
        window.robot().type(KeyCode.RIGHT);
        window.until(() -> lines().contains("~etc/passwd") && firstArrow() == Feather.CHEVRON_DOWN);
        window.robot().type(KeyCode.DOWN);
        window.robot().press(KeyCode.CONTROL).type(KeyCode.C).release(KeyCode.CONTROL);
        window.until(() -> "/etc/motd".equals(Clipboard.getSystemClipboard().getString()));
        window.robot().type(KeyCode.LEFT);
        window.until(() -> files().getSelectionModel().getSelectedIndex() == 0);
    }

    private List<TableRow<FileRow>> drawn() {
        List<TableRow<FileRow>> drawn = new ArrayList<>();
        for (Node each : files().lookupAll(".table-row-cell")) {
            if (each instanceof TableRow<?> row && row.isVisible() && row.getItem() instanceof FileRow) {
                @SuppressWarnings("unchecked")
                TableRow<FileRow> line = (TableRow<FileRow>) row;
                drawn.add(line);
            }
        }
        drawn.sort(Comparator.comparingInt(TableRow::getIndex));
        return drawn;
    }

    private String path(TableRow<FileRow> row) {
        return ((ExplorerRows) files().getItems())
                .files()
                .map(tree -> tree.path(row.getItem().node()))
                .orElse("");
    }

    private String spoken(String path) {
        return ToolkitStart.onFxThread(() -> drawn().stream()
                .filter(row -> path(row).equals(path))
                .map(TableRow::getAccessibleText)
                .findFirst()
                .orElse(""));
    }

    private String whole(String path) {
        return ToolkitStart.onFxThread(() -> {
            ExplorerRows rows = (ExplorerRows) files().getItems();
            int at = rows.indexOf(rows.files().orElseThrow().find(path));
            return files().whole(rows.get(at));
        });
    }
}
