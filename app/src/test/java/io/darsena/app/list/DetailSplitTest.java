package io.darsena.app.list;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.ToolkitStart;
import io.darsena.app.shell.WindowOnFakeEngine;
import io.darsena.bridge.fake.FakeEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import javafx.event.EventType;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.TableRow;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// How list and detail share the height.
@Timeout(90)
class DetailSplitTest {

    @TempDir
    private Path folder;

    private WindowOnFakeEngine window;

    @BeforeEach
    void open() {
        window = new WindowOnFakeEngine(
                new FakeEngine(FakeEngine.ROOTFUL, Duration.ofMillis(100)), folder.resolve("window"), Locale.ENGLISH);
    }

    @AfterEach
    void close() {
        window.close();
    }

    /// Rows that are wholly within the list.
    private long seenRows() {
        return window.read(() -> window.list().lookupAll(".table-row-cell").stream()
                .filter(node -> node instanceof TableRow<?> row && !row.isEmpty() && isWithin(row, window.list()))
                .count());
    }

    private static boolean isWithin(Node row, Node list) {
        double bottom = row.localToScene(row.getBoundsInLocal()).getMaxY();
        return bottom <= list.localToScene(list.getBoundsInLocal()).getMaxY() + 1;
    }

    /// The headless platform's robot hands what is dragged to the node below the pointer, not to the one it was
    /// pressed on, as a display does; so the events are fired here.
    private static void drag(Node divider, EventType<MouseEvent> type, double by) {
        Bounds place = divider.localToScene(divider.getBoundsInLocal());
        boolean down = type != MouseEvent.MOUSE_RELEASED;
        divider.fireEvent(new MouseEvent(
                type,
                place.getCenterX(),
                place.getCenterY() + by,
                place.getCenterX(),
                place.getCenterY() + by,
                MouseButton.PRIMARY,
                1,
                false,
                false,
                false,
                false,
                down,
                false,
                false,
                true,
                false,
                true,
                null));
    }

    @Test
    void theListGrowsWithItsRowsBesideAnOpenDetail() {
        window.choose(window.running("one"));
        window.until(() -> seenRows() == 1);
        window.running("two");
        window.running("three");
        window.running("four");
        window.until(() -> seenRows() == 4);
    }

    @Test
    void theDividerStaysWhereAPersonPutIt() {
        window.running("two");
        window.running("three");
        window.running("four");
        window.choose(window.running("one"));
        window.until(() -> seenRows() == 4);
        DetailSplit split = window.node("#split", DetailSplit.class);
        Node divider = window.node(".split-pane-divider", Node.class);
        ToolkitStart.onFxThread(() -> {
            drag(divider, MouseEvent.MOUSE_PRESSED, 0);
            drag(divider, MouseEvent.MOUSE_DRAGGED, -60);
            drag(divider, MouseEvent.MOUSE_RELEASED, -60);
            return true;
        });
        window.until(() -> seenRows() < 4);
        double put = ToolkitStart.onFxThread(() -> split.getDividerPositions()[0]);
        for (int i = 0; i < 8; i++) {
            window.running("more-" + i);
        }
        window.until(() -> window.list().getItems().size() == 12);
        assertThat(ToolkitStart.onFxThread(() -> split.getDividerPositions()[0]))
                .isEqualTo(put);
    }
}
