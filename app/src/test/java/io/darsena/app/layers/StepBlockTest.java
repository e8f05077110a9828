package io.darsena.app.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.darsena.app.ToolkitStart;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Scene;
import org.junit.jupiter.api.Test;

/// Steps are as wide as their layers are large, and no words lie across an edge of theirs.
class StepBlockTest {

    private static final String WORDS = "RUN apt-get update && apt-get install -y lighttpd";
    private static final double WHOLE = 500;

    private record Drawn(Bounds shape, Bounds title, Bounds facts) {}

    private static Drawn drawn(double share) {
        return ToolkitStart.onFxThread(() -> {
            StepBlock block = new StepBlock();
            block.show(WORDS, "496 KB · 4.0 % · 11 entries", "in 1 more image", share);
            return drawn(block, 44);
        });
    }

    private static Drawn drawn(StepBlock block, double height) {
        new Scene(block, WHOLE, height);
        block.setStyle("-fx-font-size: 11px;");
        block.resize(WHOLE, height);
        block.applyCss();
        block.layout();
        return new Drawn(
                bounds(block.lookup(".step-shape")),
                bounds(block.lookup(".step-title")),
                bounds(block.lookup(".step-facts")));
    }

    private static Bounds bounds(Node part) {
        return part.localToScene(part.getLayoutBounds());
    }

    @Test
    void wordsOfALargeLayerAreInItsShape() {
        Drawn large = drawn(1);
        assertThat(large.title().getMinX()).isGreaterThan(large.shape().getMinX());
        assertThat(large.title().getMaxX()).isLessThan(large.shape().getMaxX());
        assertThat(large.facts().getMaxX()).isLessThan(large.shape().getMaxX());
    }

    @Test
    void wordsOfASmallLayerStandBesideItsShape() {
        for (double share : new double[] {0.001, 0.1, 0.2, 0.3}) {
            Drawn small = drawn(share);
            assertThat(small.title().getMinX()).isGreaterThan(small.shape().getMaxX());
            assertThat(small.facts().getMinX()).isGreaterThan(small.shape().getMaxX());
            assertThat(small.title().getMaxX()).isLessThanOrEqualTo(WHOLE);
            assertThat(small.facts().getMaxY()).isLessThanOrEqualTo(44.5);
        }
    }

    @Test
    void theWidthFollowsTheSizeDownToTheSmallest() {
        assertThat(drawn(0.07).shape().getWidth()).isLessThan(drawn(0.1).shape().getWidth());
        assertThat(drawn(0.1).shape().getWidth()).isLessThan(drawn(0.2).shape().getWidth());
        assertThat(drawn(0.2).shape().getWidth()).isCloseTo(WHOLE / 5, within(10.0));
    }

    @Test
    void whatBringsNoBytesIsALineWithItsWordsBesideIt() {
        Drawn thin = ToolkitStart.onFxThread(() -> {
            StepBlock block = new StepBlock();
            block.show("COPY a b", "1 KB", "", 1);
            block.showThin(WORDS, "0 B");
            return drawn(block, 18);
        });
        assertThat(thin.shape().getHeight()).isLessThan(6);
        assertThat(thin.title().getMinX()).isGreaterThan(thin.shape().getMaxX());
        assertThat(thin.facts().getMinX()).isGreaterThanOrEqualTo(thin.title().getMaxX());
    }
}
