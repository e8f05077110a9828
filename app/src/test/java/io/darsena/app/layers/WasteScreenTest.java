package io.darsena.app.layers;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.ToolkitStart;
import io.darsena.app.shell.MadeMouse;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.fake.FakeLayer;
import io.darsena.bridge.layer.FilePath;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

/// What of an image no container will ever see: told, sorted, and shown in its layer.
class WasteScreenTest extends OnImages {

    @Test
    void wasteNamesWhoBroughtAndWhoHides() {
        TabPane tabs = window.node("#image-detail", TabPane.class);
        select(tabs, "waste-tab");
        window.until(() -> window.says(words -> words.contains(" is waste (")));
        TableView<?> waste = window.node("#waste", TableView.class);
        assertThat(ToolkitStart.onFxThread(() -> waste.getItems().size())).isEqualTo(3);
        String sum = text("#waste-summary").replaceAll(" of .*", "");
        assertThat(ToolkitStart.onFxThread(
                        () -> tabs.getSelectionModel().getSelectedItem().getText()))
                .as("the tabs beside it stay where they are")
                .isEqualTo("Waste");
        assertThat(window.says(("All " + sum)::equals)).isTrue();
        window.until(() -> window.says(
                words -> words.equals("overwritten by layer 2: RUN apt-get update && apt-get install -y nginx")));
        choose("acme/base");
        window.until(() -> window.says("Nothing is wasted"::equals));
    }

    @Test
    void theSumsOfTheWasteCountWhatTheTableDoesNotShow() {
        String[] files = IntStream.range(0, 10_005)
                .mapToObj(each -> "f 1000 srv/file" + each)
                .toArray(String[]::new);
        window.engine()
                .addImage(
                        "acme/web:1",
                        CONFIG,
                        List.of(FakeLayer.of("COPY srv", files), FakeLayer.of("RUN chown -R www /srv", files)));
        window.until(() -> window.says("acme/web"::equals));
        TableView<?> waste = waste("acme/web");
        window.until(() -> waste.getItems().size() == 10_000);
        assertThat(text("#waste-summary")).startsWith("10\u00a0MB of 20\u00a0MB");
        assertThat(window.says("Overwritten 10\u00a0MB"::equals)).isTrue();
        assertThat(text("#waste-bound")).isEqualTo("The largest 10,000 of 10,005 are shown; the totals include all.");
        window.click("#waste-removed");
        window.until(() -> !window.says(words -> words.startsWith("The largest")));
    }

    private void isFirst(TableView<?> waste, String path) {
        window.until(() -> !waste.getItems().isEmpty()
                && waste.getItems().getFirst() instanceof WasteRow row
                && row.path().equals(FilePath.of(path)));
    }

    @Test
    void wasteIsToldByKindWithWhatMendsIt() {
        TableView<?> waste = waste("acme/fat");
        window.until(() -> waste.getItems().size() == 3);
        window.click("#waste-caches");
        isFirst(waste, "root/.cache/pip");
        window.click("/root/.cache/pip");
        window.until(() -> text("#waste-hint").contains("--mount=type=cache,target=/root/.cache/pip"));
        assertThat(text("#waste-cure")).isEqualTo("&& pip cache purge");
        window.until(() -> window.says("RUN pip install all"::equals));
        window.click("#waste-removed");
        isFirst(waste, "tmp/left");
        window.click("/tmp/left");
        window.until(() -> text("#waste-hint").contains("the same RUN that creates it"));
        window.click("#waste-overwritten");
        isFirst(waste, "usr/lib/tool.bin");
        window.click("/usr/lib/tool.bin");
        window.until(() -> text("#waste-hint").startsWith("Both layers keep the whole file"));
        window.click("#waste-duplicates");
        isFirst(waste, "opt/tool.bin");
        window.until(() -> window.says("same content as /usr/lib/tool.bin"::equals));
        window.click("/opt/tool.bin");
        window.until(() -> text("#waste-cure").equals("ln -sf /usr/lib/tool.bin /opt/tool.bin"));
        window.click("#waste-overwritten");
        isFirst(waste, "usr/lib/tool.bin");
        window.click("/usr/lib/tool.bin");
        window.until(() -> text("#waste-hint").startsWith("Only its mode, owner or time has changed"));
        window.robot().press(KeyCode.CONTROL).type(KeyCode.C).release(KeyCode.CONTROL);
        window.until(
                () -> "/usr/lib/tool.bin".equals(Clipboard.getSystemClipboard().getString()));
        window.robot().type(KeyCode.ENTER);
        window.until(() -> chosen().equals(List.of(FilePath.of("usr/lib/tool.bin"))));
    }

    private List<FilePath> chosen() {
        return ToolkitStart.onFxThread(() -> files().chosen());
    }

    /// Its directory is closed at first, and a field for words would lose half of its name.
    @Test
    void aWastedFileOfAnyNameIsShownInItsLayer() {
        Stream<String> many = IntStream.range(0, 80).mapToObj(each -> "f 1 usr/share/doc-" + each);
        Stream<String> odd = Stream.of("f 500000 srv/a\nb/old");
        window.engine()
                .addImage(
                        "acme/tools:1",
                        CONFIG,
                        List.of(
                                new FakeLayer(
                                        "ADD all", Stream.concat(many, odd).toList()),
                                FakeLayer.of("RUN rm -r /srv", "w srv/a\nb/old")));
        TableView<?> images = window.node("#table", TableView.class);
        window.until(() -> images.getItems().size() == 5);
        TableView<?> waste = waste("acme/tools");
        isFirst(waste, "srv/a\nb/old");
        window.click("/srv/a\\nb/old");
        window.robot().press(KeyCode.CONTROL).type(KeyCode.C).release(KeyCode.CONTROL);
        window.until(
                () -> "$'/srv/a\\nb/old'".equals(Clipboard.getSystemClipboard().getString()));
        window.robot().type(KeyCode.ENTER);
        window.until(() -> chosen().equals(List.of(FilePath.of("srv/a\nb/old"))));
        assertThat(lines()).contains("+srv/a\nb/old");
    }

    @Test
    void wasteIsSortedByEachColumn() {
        TableView<?> waste = waste("acme/fat");
        isFirst(waste, "usr/lib/tool.bin");
        sort(waste, 2);
        isFirst(waste, "root/.cache/pip");
        sort(waste, 1);
        isFirst(waste, "root/.cache/pip");
        sort(waste, 0);
        isFirst(waste, "tmp/left");
        window.click("#waste-search");
        window.until(() -> waste.getItems().size() == 4);
        isFirst(waste, "tmp/left");
    }

    @Test
    void clicksOnTheHeadsOfTheWasteSortByThem() {
        TableView<?> waste = waste("acme/fat");
        isFirst(waste, "usr/lib/tool.bin");
        MadeMouse mouse = new MadeMouse(window);
        mouse.click("Wasted");
        isFirst(waste, "tmp/left");
        mouse.click("Wasted");
        isFirst(waste, "usr/lib/tool.bin");
        mouse.click("Path");
        isFirst(waste, "root/.cache/pip");
        mouse.click("Kind");
        isFirst(waste, "root/.cache/pip");
        mouse.click("Kind");
        isFirst(waste, "tmp/left");
        window.click("#waste-search");
        window.until(() -> waste.getItems().size() == 4);
        isFirst(waste, "tmp/left");
        mouse.click("Kind");
        isFirst(waste, "usr/lib/tool.bin");
        assertThat(ToolkitStart.onFxThread(() -> waste.getSortOrder().getFirst().getSortType()))
                .isEqualTo(TableColumn.SortType.DESCENDING);
    }

    @Test
    void aSearchForDuplicatesCanBeStoppedAndFails() throws Exception {
        TableView<?> waste = waste("acme/fat");
        AutoCloseable held = window.engine().hold("compare files");
        window.click("#waste-duplicates");
        window.until(() -> window.says(words -> words.contains(" of 1.4")));
        window.click("#waste-stop");
        window.until(() -> !window.says(words -> words.contains(" of 1.4")));
        held.close();
        assertThat(ToolkitStart.onFxThread(() -> waste.getItems().size())).isZero();
        window.engine().failNext("compare files", new NotFoundException("compare the files of", "it", "it went", ""));
        window.click("#waste-search");
        window.until(() -> window.says(words -> words.contains("It went")));
        window.click("#waste-search");
        isFirst(waste, "opt/tool.bin");
    }

    @Test
    void aFailureToCountTheWasteIsToldThereAndLeavesTheFiles() {
        window.engine().failNext("show waste", new NotFoundException("show the waste of", "it", "it went", ""));
        TabPane tabs = window.node("#image-detail", TabPane.class);
        select(tabs, "waste-tab");
        window.until(() -> window.says(words -> words.contains("It went")));
        assertThat(window.says(words -> words.startsWith("Counting"))).isFalse();
        ToolkitStart.onFxThread(() -> {
            tabs.getSelectionModel().selectFirst();
            return true;
        });
        window.until(() -> lines().contains("+srv/index.html"));
        select(tabs, "waste-tab");
        window.until(() -> window.says(words -> words.contains(" is waste (")));
    }

    private TableView<?> waste(String image) {
        choose(image);
        select(window.node("#image-detail", TabPane.class), "waste-tab");
        window.until(() -> window.says(words -> words.contains(" is waste (")));
        return window.node("#waste", TableView.class);
    }

    private static void sort(TableView<?> waste, int column) {
        ToolkitStart.onFxThread(() -> {
            waste.getColumns().get(column).setSortType(TableColumn.SortType.ASCENDING);
            sortOnlyBy(waste, column);
            return true;
        });
    }

    private static <R> void sortOnlyBy(TableView<R> table, int column) {
        table.getSortOrder().setAll(List.of(table.getColumns().get(column)));
    }
}
