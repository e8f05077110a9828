package io.darsena.app.layers;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.ToolkitStart;
import io.darsena.bridge.Engine;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.fake.FakeLayer;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import javafx.geometry.Bounds;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ListCell;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.ScrollEvent;
import org.junit.jupiter.api.Test;

/// Looking into an image: its pyramid, and what each step brought.
class LayersScreenTest extends OnImages {

    @Test
    void thePyramidLeadsToTheFilesOfEachLayer() {
        assertThat(ToolkitStart.onFxThread(() -> pyramid().getItems().stream()
                        .map(PyramidStep::instruction)
                        .toList()))
                .containsExactly(
                        "ENTRYPOINT [\"/docker-entrypoint.sh\"]",
                        "COPY index.html /srv/",
                        "RUN apt-get update && apt-get install -y nginx",
                        "ENV VERSION=1.29",
                        "ADD file:9f in /");
        assertThat(ToolkitStart.onFxThread(() -> pyramid().getItems().getLast().sharedWith()))
                .containsExactly("acme/base:1");
        window.until(() -> lines().equals(List.of("+srv", "+srv/index.html")));
        choose(2);
        window.until(() -> lines().contains("+usr/sbin/nginx"));
        assertThat(lines()).contains("~etc/passwd", "−etc/motd").doesNotContain("usr/bin/all");
        window.until(() -> text("#step-counts").equals("2 added · 1 changed · 1 removed"));
        window.until(() -> window.says(words -> words.contains("of package cache stays")));
        window.until(() -> window.says("&& rm -rf /var/lib/apt/lists/*"::equals));
        choose(3);
        window.until(() -> window.says(words -> words.contains("changes how the image runs")));
        assertThat(lines()).isEmpty();
    }

    @Test
    void whoSharesALayerIsNamedAndKeptUpToDate() {
        choose(4);
        window.until(() -> text("#step-sharers").equals("Shared with acme/base:1"));
        window.until(() -> lines().contains("+etc/passwd"));
        assertThat(spoken(4)).contains("also in acme/base:1");
        window.engine().addImage("acme/another:1", CONFIG, List.of(BASE));
        window.until(() -> text("#step-sharers").equals("Shared with acme/another:1, acme/base:1"));
        window.until(() -> spoken(4).contains("also in acme/another:1, acme/base:1"));
        assertThat(ToolkitStart.onFxThread(() -> pyramid().getSelectionModel().getSelectedIndex()))
                .isEqualTo(4);
        assertThat(lines()).contains("+etc/passwd");
        choose(2);
        window.until(() -> !isSeen("#step-sharers"));
        choose(4);
        Engine engine = window.engine();
        engine.images()
                .remove(engine.images().find("acme/another:1").orElseThrow().id());
        window.until(() -> text("#step-sharers").equals("Shared with acme/base:1"));
    }

    @Test
    void severalStepsAreAllInViewAndWhatBringsNoBytesIsThin() {
        window.engine()
                .addImage(
                        "acme/tall:1",
                        CONFIG,
                        IntStream.rangeClosed(1, 7)
                                .mapToObj(step -> step == 7
                                        ? FakeLayer.of("RUN rm /srv/1", "w srv/1")
                                        : FakeLayer.of("COPY " + step + " /srv/", "f " + step * 1000 + " srv/" + step))
                                .toList());
        choose("acme/tall");
        window.until(() -> pyramid().getItems().size() == 7
                && pyramid().getItems().getFirst().isThin()
                && heights().size() == 7
                && heights().getFirst() == 21
                && pyramid().getItems().get(1).step().size() == 6000);
        window.until(() -> heights().stream().mapToDouble(height -> height).sum()
                <= pyramid().getHeight());
        assertThat(heights().getLast()).isBetween(34.0, 47.0);
        assertThat(text("#pyramid-legend")).isEqualTo("wider = larger");
    }

    /// Of the steps, from above.
    private List<Double> heights() {
        return ToolkitStart.onFxThread(() -> pyramid().lookupAll(".list-cell").stream()
                .filter(cell -> cell instanceof ListCell<?> step && step.getItem() != null)
                .map(cell -> (ListCell<?>) cell)
                .sorted(Comparator.comparingInt(ListCell::getIndex))
                .map(ListCell::getHeight)
                .toList());
    }

    @Test
    void theChosenImageIsInViewHoweverLittleRoomItsDetailLeavesTheList() {
        for (int i = 0; i < 12; i++) {
            window.engine().addImage("acme/x" + i + ":1", CONFIG, List.of(BASE));
        }
        TableView<?> images = window.node("#table", TableView.class);
        window.until(() -> images.getItems().size() == 16);
        ToolkitStart.doing(() -> images.getSelectionModel().clearAndSelect(12));
        window.until(() -> isWhole(images, 12));
        ToolkitStart.doing(() -> images.getSelectionModel().clearSelection());
        ToolkitStart.doing(() -> images.getSelectionModel().clearAndSelect(13));
        window.until(() -> isWhole(images, 13));
    }

    private static boolean isWhole(TableView<?> table, int index) {
        Bounds all = table.localToScene(table.getLayoutBounds());
        return table.lookupAll(".table-row-cell").stream()
                .filter(row -> row instanceof TableRow<?> shown && shown.getIndex() == index && row.isVisible())
                .map(row -> row.localToScene(row.getLayoutBounds()))
                .anyMatch(row -> row.getMinY() >= all.getMinY() && row.getMaxY() <= all.getMaxY() + 1);
    }

    @Test
    void theFactsAreThoseOfTheChosenStepWhateverFilesAreShown() {
        window.click("#scope-image");
        window.until(() -> text("#step-counts").equals("1 added · 0 changed · 0 removed"));
        choose(2);
        assertThat(text("#step-stored")).endsWith("as received");
        assertThat(isSeen("#step-counts")).isFalse();
        assertThat(window.says(words -> words.contains("of package cache stays")))
                .isFalse();
        window.click("#scope-stack");
        window.until(() -> text("#step-counts").equals("2 added · 1 changed · 1 removed"));
        assertThat(window.says(words -> words.contains("of package cache stays")))
                .isTrue();
        window.click("#scope-image");
        window.until(() -> lines().stream().anyMatch(line -> line.endsWith("srv/index.html")));
        choose(3);
        assertThat(text("#step-sentence")).isEqualTo("This step changes how the image runs, but no files.");
        assertThat(window.says(words -> words.contains("of package cache stays")))
                .isFalse();
    }

    @Test
    void theCacheOfTheLastLayerIsToldAtItsStepAlone() {
        choose("acme/fat");
        window.until(() -> pyramid().getItems().size() == 4 && lines().contains("+opt/tool.bin"));
        window.click("#scope-image");
        window.engine().addImage("acme/cached:1", CONFIG, List.of(BASE, cached(), FakeLayer.of("ENV A=b")));
        choose("acme/cached");
        window.until(() -> pyramid().getItems().size() == 3);
        window.until(() -> window.says(words -> words.contains("of package cache stays")));
        for (int step : new int[] {0, 2}) {
            choose(step);
            assertThat(window.says(words -> words.contains("of package cache stays")))
                    .isFalse();
        }
        choose(1);
        window.until(() -> window.says(words -> words.contains("of package cache stays")));
    }

    private static FakeLayer cached() {
        return FakeLayer.of("RUN apt-get update", "d var", "f 19000000 var/lib/apt/lists/packages");
    }

    private static ContainerSpec ofSite(String name) {
        return ContainerSpec.of("acme/site:1.4").withName(name).withCommand(List.of("starter"));
    }

    @Test
    void theWritableLayerOfAContainerLiesOnTop() {
        ContainerId id = window.containers().create(ofSite("web-1"));
        window.containers().create(ContainerSpec.of("acme/base:1").withName("other"));
        window.engine().change(id, FakeLayer.of("", "f 5000000 srv/cache", "w etc/passwd"));
        ComboBox<?> owners = window.node("#pyramid-owner", ComboBox.class);
        window.until(() -> owners.getItems().size() == 2);
        window.click("#pyramid-owner");
        window.click("Layer of web-1");
        window.until(() -> pyramid().getItems().size() == 6);
        window.until(() ->
                lines().equals(List.of("~etc", "−etc/passwd", "=srv", "+srv/cache")) || lines().contains("+srv/cache"));
        window.until(() -> window.says(words -> words.equals("5\u00a0MB · 2 entries changed")));
        window.engine().change(id, FakeLayer.of("", "f 6000000 srv/cache", "f 10 srv/more"));
        window.containers().start(id);
        window.until(() -> lines().contains("+srv/more"));
        window.until(() -> window.says(words -> words.startsWith("6\u00a0MB")));
        choose(2);
        window.until(() -> lines().contains("+srv/index.html"));
        choose(0);
        window.until(() -> lines().contains("+srv/more"));
        window.click("#pyramid-owner");
        window.click("No container");
        window.until(() -> pyramid().getItems().size() == 5 && lines().contains("+srv/index.html"));
    }

    @Test
    void thePyramidIsDrawnLargerByKeysWheelAndButtons() {
        ToolkitStart.onFxThread(() -> {
            pyramid().requestFocus();
            return true;
        });
        window.until(() -> blockHeight() == 47);
        window.robot().write("+");
        window.until(() -> blockHeight() == 52);
        window.robot().write("0");
        window.until(() -> blockHeight() == 47);
        window.robot().write("-");
        window.until(() -> blockHeight() == 42);
        window.click("#pyramid-larger");
        window.until(() -> blockHeight() == 47);
        turnWheel(false);
        assertThat(ToolkitStart.onFxThread(this::blockHeight)).isEqualTo(47);
        turnWheel(true);
        window.until(() -> blockHeight() == 52);
        window.click("#pyramid-zoom");
        window.until(() -> blockHeight() == 47);
        ToolkitStart.onFxThread(() -> {
            pyramid().requestFocus();
            return true;
        });
        window.robot().type(KeyCode.ENTER);
        window.until(() -> files().isFocused());
    }

    private void turnWheel(boolean control) {
        ToolkitStart.onFxThread(() -> {
            pyramid()
                    .fireEvent(new ScrollEvent(
                            ScrollEvent.SCROLL,
                            1,
                            1,
                            1,
                            1,
                            false,
                            control,
                            false,
                            false,
                            false,
                            false,
                            0,
                            40,
                            0,
                            40,
                            ScrollEvent.HorizontalTextScrollUnits.NONE,
                            0,
                            ScrollEvent.VerticalTextScrollUnits.NONE,
                            0,
                            0,
                            null));
            return true;
        });
    }

    /// Of the uppermost step that has a layer.
    private double blockHeight() {
        return pyramid().lookupAll(".list-cell").stream()
                .filter(cell -> cell instanceof ListCell<?> step
                        && step.getItem() instanceof PyramidStep shown
                        && !shown.step().isEmpty())
                .mapToDouble(cell -> ((ListCell<?>) cell).getHeight())
                .findFirst()
                .orElse(0);
    }

    @Test
    void aFailureIsToldWhereItHappened() {
        window.engine().failNext("show files", new NotFoundException("show the files of", "layer 1", "it went", ""));
        choose(4);
        window.until(() -> window.says(words -> words.contains("It went")));
        window.until(() -> lines().isEmpty());
    }

    @Test
    void whatFailedIsAskedAgainWhenItIsChosenAgain() {
        window.engine().failNext("show layers", new NotFoundException("show the layers of", "it", "it went", ""));
        choose("acme/base");
        window.until(() -> window.says(words -> words.contains("It went")));
        choose("acme/site");
        window.until(() -> pyramid().getItems().size() == 5);
        choose("acme/base");
        window.until(() -> pyramid().getItems().size() == 1 && lines().contains("+etc/passwd"));
    }
}
