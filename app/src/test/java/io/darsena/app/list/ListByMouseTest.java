package io.darsena.app.list;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.ToolkitStart;
import io.darsena.app.containers.item.ContainerRow;
import io.darsena.app.screen.Section;
import io.darsena.app.shell.MadeMouse;
import io.darsena.app.shell.WindowOnFakeEngine;
import io.darsena.app.theme.WindowMemory;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.fake.FakeEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableColumn.SortType;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The head of a list and the rows of it under the mouse, and what is selected while the rows change.
@Timeout(90)
class ListByMouseTest {

    @TempDir
    private Path folder;

    private WindowOnFakeEngine window;

    @BeforeEach
    void open() {
        window = opened();
    }

    private WindowOnFakeEngine opened() {
        return new WindowOnFakeEngine(
                new FakeEngine(FakeEngine.ROOTFUL, Duration.ofMillis(100)), folder.resolve("window"), Locale.ENGLISH);
    }

    @AfterEach
    void close() {
        window.close();
    }

    private List<String> names() {
        return window.read(() ->
                window.list().getItems().stream().map(ListByMouseTest::name).toList());
    }

    private static String name(Object row) {
        return ((ContainerRow) row).now().name();
    }

    private List<String> selected() {
        return window.list().getSelectionModel().getSelectedItems().stream()
                .map(ListByMouseTest::name)
                .toList();
    }

    private void selectedAre(String... names) {
        window.until(() -> selected().equals(List.of(names)));
    }

    private void barSays(String words) {
        window.until(() -> window.node("#bulk-bar", Node.class).isVisible() && window.says(words::equals));
    }

    private MadeMouse mouse() {
        return new MadeMouse(window);
    }

    private TableColumn<?, ?> column(String id) {
        return window.list().getColumns().stream()
                .filter(column -> id.equals(column.getId()))
                .findFirst()
                .orElseThrow();
    }

    private double width(String id) {
        return window.read(() -> column(id).getWidth());
    }

    private Optional<String> remembered() {
        return WindowMemory.at(folder.resolve("window")).text("columns.containers");
    }

    /// Five, of which the newest stands first: epsilon, delta, gamma, beta, alpha.
    private void five() {
        Stream.of("alpha", "beta", "gamma", "delta", "epsilon").forEach(window::create);
        window.until(() -> window.list().getItems().size() == 5);
        assertThat(names()).containsExactly("epsilon", "delta", "gamma", "beta", "alpha");
    }

    @Test
    void aColumnIsAsWideAsItsEdgeWasDraggedAlsoWhenTheWindowIsOpenedAgain() {
        window.create("alpha");
        window.place("Name");
        double before = width("name");
        drag("Name", 40);
        window.until(() -> Math.abs(width("name") - before - 40) <= 5);
        long kept = Math.round(width("name"));
        window.until(() ->
                remembered().filter(text -> text.contains(" name=" + kept)).isPresent());
        window.close();
        window = opened();
        window.create("alpha");
        window.until(() -> Math.abs(width("name") - kept) <= 2);
        drag("Name", -40);
        assertThat(width("name")).isBetween(before - 10, before + 10);
    }

    private void drag(String heading, double by) {
        Bounds head = window.place(heading);
        mouse().drag(new Point2D(head.getMaxX() - 1, head.getCenterY()), by);
        window.place(heading);
    }

    @Test
    void clicksOnAHeadSortUpThenDownThenNoMoreAndTheOrderIsRemembered() {
        window.create("beta");
        window.create("alpha");
        window.create("gamma");
        window.until(() -> window.list().getItems().size() == 3);
        mouse().click("Name");
        window.until(() -> names().equals(List.of("alpha", "beta", "gamma")));
        window.until(
                () -> remembered().filter(text -> text.endsWith("; name up")).isPresent());
        mouse().click("Name");
        window.until(() -> names().equals(List.of("gamma", "beta", "alpha")));
        window.until(
                () -> remembered().filter(text -> text.endsWith("; name down")).isPresent());
        window.close();
        window = opened();
        Stream.of("one", "two", "three").forEach(window::create);
        window.until(() -> names().equals(List.of("two", "three", "one")));
        assertThat(window.read(() -> column("name").getSortType())).isEqualTo(SortType.DESCENDING);
        mouse().click("Name");
        window.until(() -> names().equals(List.of("three", "two", "one")));
        window.until(() -> remembered().filter(text -> !text.contains(";")).isPresent());
    }

    @Test
    void controlTakesRowsInAndOutAndShiftTakesAllBetween() {
        five();
        window.click("delta");
        selectedAre("delta");
        mouse().click("alpha", KeyCode.CONTROL);
        selectedAre("delta", "alpha");
        barSays("2 selected");
        mouse().click("delta", KeyCode.CONTROL);
        selectedAre("alpha");
        window.until(() -> !window.says("2 selected"::equals));
        mouse().click("delta", KeyCode.CONTROL);
        barSays("2 selected");
        window.click("epsilon");
        selectedAre("epsilon");
        mouse().click("beta", KeyCode.SHIFT);
        selectedAre("epsilon", "delta", "gamma", "beta");
        barSays("4 selected");
        window.click("#bulk-clear");
        selectedAre();
        window.until(() -> window.says("Containers"::equals) && !window.says("4 selected"::equals));
    }

    @Test
    void whatIsSelectedStaysSoWhileRowsComeGoAndChange() {
        five();
        window.click("delta");
        mouse().click("beta", KeyCode.CONTROL);
        mouse().click("alpha", KeyCode.CONTROL);
        barSays("3 selected");
        window.create("zeta");
        selectedAre("delta", "beta", "alpha");
        window.containers().start(id("beta"));
        window.until(() -> window.node("#bulk-stop", Button.class).getText().equals("Stop (1)"));
        selectedAre("delta", "beta", "alpha");
        window.containers().remove(id("gamma"));
        window.until(() -> !names().contains("gamma"));
        selectedAre("delta", "beta", "alpha");
        window.containers().remove(id("alpha"));
        barSays("2 selected");
        selectedAre("delta", "beta");
        window.click("#bulk-start");
        window.until(() -> window.node("#bulk-stop", Button.class).getText().equals("Stop"));
        selectedAre("delta", "beta");
        window.containers().forceRemove(id("delta"));
        selectedAre("beta");
        window.until(() -> !window.says("2 selected"::equals));
    }

    private ContainerId id(String name) {
        return window.containers().find(name).orElseThrow().id();
    }

    @Test
    void aShiftClickAfterRowsCameBeginsAtTheRowThatWasClicked() {
        five();
        window.click("gamma");
        window.create("zeta");
        // Until the list is laid out again, what lies under the mouse is still the row that was there.
        window.place("zeta");
        selectedAre("gamma");
        mouse().click("alpha", KeyCode.SHIFT);
        selectedAre("gamma", "beta", "alpha");
        barSays("3 selected");
    }

    @Test
    void aNeighbourOfARowThatHasGoneIsNotSelectedForIt() {
        five();
        window.click("gamma");
        window.until(() -> window.node("#tabs", Node.class).isVisible());
        window.containers().remove(id("gamma"));
        selectedAre();
        window.until(() -> !window.says("Life of beta"::equals) && !window.says("Life of delta"::equals));
        window.robot().push(KeyCode.DELETE);
        window.robot().push(KeyCode.DOWN);
        window.until(() -> selected().size() == 1);
        assertThat(names()).hasSize(4);
    }

    @Test
    void sortingAndSearchingKeepWhatIsSelectedAndStillShown() {
        five();
        window.click("delta");
        mouse().click("beta", KeyCode.CONTROL);
        mouse().click("alpha", KeyCode.CONTROL);
        barSays("3 selected");
        window.click("#bulk-clear");
        mouse().click("Name");
        window.until(() -> names().equals(List.of("alpha", "beta", "delta", "epsilon", "gamma")));
        window.click("alpha");
        mouse().click("beta", KeyCode.CONTROL);
        mouse().click("gamma", KeyCode.CONTROL);
        mouse().click("Name");
        window.until(() -> names().equals(List.of("gamma", "epsilon", "delta", "beta", "alpha")));
        selectedAre("gamma", "beta", "alpha");
        ToolkitStart.onFxThread(() -> {
            window.window().context().navigation().search(Section.CONTAINERS).set("eta");
            return true;
        });
        window.until(() -> names().equals(List.of("beta")));
        selectedAre("beta");
    }

    @Test
    void searchingIsAKeyAwayAlsoWhileSeveralAreSelected() {
        five();
        window.robot().press(KeyCode.CONTROL, KeyCode.A).release(KeyCode.A, KeyCode.CONTROL);
        barSays("5 selected");
        window.robot().press(KeyCode.CONTROL, KeyCode.F).release(KeyCode.F, KeyCode.CONTROL);
        window.until(() -> window.scene().getFocusOwner() instanceof TextField);
        window.robot().write("gam");
        window.until(() -> names().equals(List.of("gamma")));
    }
}
