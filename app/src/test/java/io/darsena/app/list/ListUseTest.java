package io.darsena.app.list;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.ToolkitStart;
import io.darsena.app.screen.Section;
import io.darsena.app.shell.WindowOnFakeEngine;
import io.darsena.app.theme.WindowMemory;
import io.darsena.bridge.Engine;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.error.DeniedException;
import io.darsena.bridge.fake.FakeEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import javafx.scene.control.Button;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The list of containers with what every list has: columns, several rows at once, and the way back from a removal.
@Timeout(90)
class ListUseTest {

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

    private Engine engine() {
        return window.engine();
    }

    private void press(KeyCode... keys) {
        List<KeyCode> release = new ArrayList<>(List.of(keys));
        Collections.reverse(release);
        window.robot().press(keys).release(release.toArray(new KeyCode[0]));
    }

    private ContainerStatus status(ContainerId id) {
        return window.containers().container(id).status();
    }

    private void selected(int rows) {
        window.until(
                () -> window.list().getSelectionModel().getSelectedIndices().size() == rows);
    }

    private List<String> shownColumns() {
        return window.read(() -> window.list().getVisibleLeafColumns().stream()
                .map(TableColumn::getId)
                .toList());
    }

    private List<String> names() {
        return window.read(() -> window.list().getItems().stream()
                .map(row -> ((io.darsena.app.containers.item.ContainerRow) row)
                        .now()
                        .name())
                .toList());
    }

    /// Chooses from the Columns menu.
    private void fire(String id) {
        MenuButton columns = window.node("#columns", MenuButton.class);
        ToolkitStart.onFxThread(() -> {
            columns.show();
            MenuItem found = item(columns.getItems(), id);
            if (found instanceof CheckMenuItem check) {
                check.setSelected(!check.isSelected());
            }
            found.fire();
            columns.hide();
            return true;
        });
    }

    private static MenuItem item(List<MenuItem> items, String id) {
        List<MenuItem> all = new ArrayList<>(items);
        items.stream().filter(Menu.class::isInstance).forEach(menu -> all.addAll(((Menu) menu).getItems()));
        return all.stream().filter(item -> id.equals(item.getId())).findFirst().orElseThrow();
    }

    @Test
    void columnsStayAsTheyWereArrangedWhenTheWindowIsOpenedAgain() {
        window.create("alpha");
        fire("show-command");
        fire("show-uptime");
        fire("sort-name-down");
        window.read(() -> {
            move(window.list(), "image", 0);
            return true;
        });
        window.until(() -> WindowMemory.at(folder.resolve("window"))
                .text("columns.containers")
                .filter(text -> text.startsWith("image=") && text.contains("-uptime") && text.endsWith("name down"))
                .isPresent());
        List<String> before = shownColumns();
        window.close();
        window = opened();
        window.create("alpha");
        window.create("beta");
        window.until(() -> window.list().getItems().size() == 2);
        assertThat(shownColumns())
                .isEqualTo(before)
                .startsWith("image")
                .contains("command")
                .doesNotContain("uptime");
        assertThat(names()).containsExactly("beta", "alpha");
        fire("resetColumns");
        assertThat(shownColumns()).startsWith("state", "name", "image").contains("uptime");
    }

    private static <R> void move(TableView<R> list, String id, int to) {
        List<TableColumn<R, ?>> ordered = new ArrayList<>(list.getColumns());
        TableColumn<R, ?> moved = ordered.stream()
                .filter(column -> id.equals(column.getId()))
                .findFirst()
                .orElseThrow();
        ordered.remove(moved);
        ordered.add(to, moved);
        list.getColumns().setAll(ordered);
    }

    @Test
    void everyColumnSortsUpAndDownWithoutLosingARow() {
        window.running("beta");
        window.create("gamma");
        window.running("alpha");
        List<String> sortable = window.read(() -> window.list().getColumns().stream()
                .filter(column -> column.isVisible() && column.isSortable())
                .map(TableColumn::getId)
                .toList());
        assertThat(sortable).contains("state", "name", "image", "cpu", "memory", "uptime");
        for (String id : sortable) {
            fire("sort-" + id + "-up");
            assertThat(names()).as(id).containsExactlyInAnyOrder("alpha", "beta", "gamma");
            fire("sort-" + id + "-down");
            assertThat(names()).as(id).containsExactlyInAnyOrder("alpha", "beta", "gamma");
        }
        fire("sort-state-up");
        List<String> up = names();
        fire("sort-state-down");
        assertThat(up.indexOf("gamma")).isNotEqualTo(names().indexOf("gamma"));
    }

    @Test
    void theBulkBarSaysToHowManyEachThingCanBeDoneAndDoesIt() {
        window.running("busy");
        ContainerId idle = window.create("idle");
        window.until(() -> window.list().isFocused());
        press(KeyCode.CONTROL, KeyCode.A);
        selected(2);
        window.until(() -> window.node("#bulk-start", Button.class).getText().equals("Start (1)"));
        window.until(() -> window.node("#bulk-stop", Button.class).getText().equals("Stop (1)"));
        window.until(() -> window.node("#bulk-remove", Button.class).getText().equals("Remove"));
        window.click("#bulk-start");
        window.until(() -> status(idle) == ContainerStatus.RUNNING);
    }

    @Test
    void whatFailsForOneOfSeveralIsToldOnceAndTheOthersAreDone() {
        window.running("one");
        window.running("two");
        window.engine()
                .failNext("stop", new DeniedException("stop", "container", "the kernel says no", "ask it nicely"));
        window.until(() -> window.list().isFocused());
        press(KeyCode.CONTROL, KeyCode.A);
        selected(2);
        window.click("#bulk-stop");
        window.until(() -> window.says(text -> text.contains("1 of 2 containers"))
                && window.says(text -> text.contains("the kernel says no") || text.contains("The kernel says no"))
                && window.says(text ->
                        text.contains("the other one is done") || text.contains("It was done to the other one")));
        window.until(() -> window.containers().list().stream()
                        .filter(container -> container.status() == ContainerStatus.EXITED)
                        .count()
                == 1);
    }

    @Test
    void severalAreRemovedAfterAQuestionAndControlZBringsThemBack() {
        window.running("busy");
        window.create("idle");
        window.until(() -> window.list().isFocused());
        press(KeyCode.CONTROL, KeyCode.A);
        selected(2);
        press(KeyCode.DELETE);
        window.until(() -> window.says("Remove 2 containers?"::equals));
        window.until(() -> Window.getWindows().stream()
                .anyMatch(shown -> shown.getScene().getFocusOwner() instanceof Button button
                        && button.getText().equals("Cancel")));
        window.click("Stop and remove");
        window.until(() -> engine().trash().list().size() == 2);
        window.until(() -> window.says("2 containers were moved to the trash"::equals));
        press(KeyCode.CONTROL, KeyCode.Z);
        window.until(() -> engine().trash().list().isEmpty());
        window.until(() -> window.list().getItems().size() == 2);
    }

    @Test
    void theDetailOpensWhereItShouldUntilThePersonChoosesATab() {
        ContainerId busy = window.running("busy");
        ContainerId idle = window.create("idle");
        window.choose(busy);
        window.until(() -> tab().equals("Logs"));
        window.choose(idle);
        window.until(() -> tab().equals("Summary"));
        window.click("Stats");
        window.until(() -> tab().equals("Stats"));
        window.choose(busy);
        window.until(() -> tab().equals("Stats"));
    }

    private String tab() {
        return window.node("#tabs", TabPane.class)
                .getSelectionModel()
                .getSelectedItem()
                .getText();
    }

    @Test
    void withoutAnyImageTheEmptyListBringsTheStarterBack() {
        engine().images()
                .remove(engine().images().find(FakeEngine.STARTER).orElseThrow().id());
        window.click("#restore-starter");
        window.until(() -> engine().images().find(FakeEngine.STARTER).isPresent());
        window.click("#run-starter");
        window.until(() -> window.containers().list().size() == 1);
    }

    @Test
    void anImageThatOnlyTheTrashUsesGoesWithItWhenThatIsAgreed() {
        engine().trash().put(window.create("old"));
        window.until(() -> window.list().getItems().isEmpty());
        press(KeyCode.CONTROL, KeyCode.DIGIT2);
        window.until(() -> window.window().context().navigation().section().get() == Section.IMAGES);
        window.until(() -> window.list().isFocused() && window.list().getItems().size() == 1);
        press(KeyCode.DOWN);
        press(KeyCode.DELETE);
        window.until(() -> window.says("Remove darsena/starter:latest with what is in the trash?"::equals));
        window.click("Remove it with what is in the trash");
        window.until(() -> window.says("darsena/starter:latest was removed"::equals));
        window.until(() -> engine().images().list().isEmpty());
        assertThat(engine().trash().list()).isEmpty();
    }
}
