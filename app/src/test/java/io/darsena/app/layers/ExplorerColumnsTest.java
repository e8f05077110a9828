package io.darsena.app.layers;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.shell.Keyboard;
import io.darsena.app.theme.WindowMemory;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.TableColumn;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

/// Which columns the files of a layer have: as many as there is room for, until the person says which.
class ExplorerColumnsTest extends OnImages {

    private List<String> shown() {
        return window.read(() ->
                files().getVisibleLeafColumns().stream().map(TableColumn::getId).toList());
    }

    private boolean isRemembered(String words) {
        return WindowMemory.at(folder.resolve("window"))
                .text("columns.layers")
                .filter(text -> text.contains(words))
                .isPresent();
    }

    private void reopen() {
        window.close();
        window = opened();
        choose("acme/site");
        window.until(() -> pyramid().getItems().size() == 5 && !lines().isEmpty());
    }

    private void tick(String column) {
        window.click("#file-columns");
        window.click("#show-" + column);
    }

    @Test
    void columnsAreChosenByClicksAndStaySoWhenTheWindowIsOpenedAgain() {
        assertThat(shown()).as("there is no room for more").containsExactly("name", "size");
        tick("modified");
        window.until(() -> shown().equals(List.of("name", "modified")));
        tick("mode");
        window.until(() -> shown().equals(List.of("name", "mode", "modified")));
        window.until(() -> isRemembered(" +mode=") && isRemembered(" +modified="));

        reopen();
        window.until(() -> shown().equals(List.of("name", "mode", "modified")));
        window.click("#file-columns");
        window.node("#show-mode", Node.class);
        assertThat(window.robot().lookup("#show-name").tryQuery())
                .as("the name is always shown")
                .isEmpty();
        window.click("#show-mode");
        window.until(() -> !shown().contains("mode"));
        window.until(() -> isRemembered(" -mode="));
        window.click("#file-columns");
        window.click("#resetColumns");
        window.until(() -> shown().equals(List.of("name", "size")));
    }

    @Test
    void columnsAreChosenByKeyboardAlone() {
        Keyboard keyboard = new Keyboard(window);
        window.until(() -> window.list().isFocused());
        keyboard.tabTo("file-columns");
        keyboard.press(KeyCode.SPACE);
        window.node("#show-modified", Node.class);
        keyboard.press(KeyCode.DOWN);
        keyboard.press(KeyCode.ENTER);
        window.until(() -> !shown().contains("size"));
        assertThat(window.read(() -> keyboard.isOn("file-columns"))).isTrue();
        window.until(() -> isRemembered("-size="));
        keyboard.press(KeyCode.SPACE);
        window.node("#show-size", Node.class);
        keyboard.press(KeyCode.DOWN);
        keyboard.press(KeyCode.ENTER);
        window.until(() -> shown().contains("size"));
        assertThat(shown()).startsWith("name");
    }

    @Test
    void theHeadOfTheFilesOffersTheSame() {
        window.robot().rightClickOn(window.place("#explorer .column-header .label"));
        window.click("#show-size");
        window.until(() -> !shown().contains("size"));
        assertThat(files().getContextMenu().isShowing()).isFalse();
    }

    @Test
    void whatIsAskedForCanBeScrolledToWhereThereIsNoRoomForIt() {
        for (String column : List.of("owner", "modified", "note", "mode")) {
            tick(column);
            window.until(() -> shown().contains(column));
        }
        double needed = window.read(() -> files().getVisibleLeafColumns().stream()
                .mapToDouble(TableColumn::getMinWidth)
                .sum());
        assertThat(needed).isGreaterThan(window.read(() -> files().getWidth()));
        window.until(() ->
                files().getVisibleLeafColumns().stream().allMatch(column -> column.getWidth() >= column.getMinWidth()));
        window.until(() -> files().lookupAll(".scroll-bar:horizontal").stream().anyMatch(Node::isVisible));
    }
}
