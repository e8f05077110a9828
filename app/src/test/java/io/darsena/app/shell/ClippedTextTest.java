package io.darsena.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.ToolkitStart;
import java.util.List;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Pane;
import org.junit.jupiter.api.Test;

/// The eye that looks for cut words sees them.
class ClippedTextTest {

    private static List<String> seen(String words, String tooltip, double width, double x) {
        return seen(words, "…", tooltip, width, x);
    }

    private static List<String> seen(String words, String sign, String tooltip, double width, double x) {
        return ToolkitStart.onFxThread(() -> {
            Label label = new Label(words);
            label.setEllipsisString(sign);
            if (!tooltip.isEmpty()) {
                label.setTooltip(new Tooltip(tooltip));
            }
            Pane pane = new Pane(label);
            label.setPrefWidth(width);
            label.relocate(x, 0);
            Scene scene = new Scene(pane, 300, 100);
            pane.applyCss();
            pane.layout();
            return ClippedText.in(scene.getRoot());
        });
    }

    @Test
    void shortenedWordsAreFound() {
        assertThat(seen("many words in little room", "", 40, 0)).hasSize(1);
        assertThat(seen("many words in much room", "", 280, 0)).isEmpty();
    }

    @Test
    void wordsBeyondTheWindowAreFound() {
        assertThat(seen("many words in much room", "", 280, 200)).hasSize(1);
    }

    @Test
    void whatCanBePointedAtMayBeShort() {
        assertThat(seen("many words in little room", "many words in little room", 40, 0))
                .isEmpty();
    }

    @Test
    void threeDotsAreNoSignOfWhatIsMissing() {
        assertThat(seen("many words in little room", "...", "many words in little room", 60, 0))
                .hasSize(1);
    }
}
