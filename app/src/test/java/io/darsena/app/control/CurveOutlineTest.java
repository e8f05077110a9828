package io.darsena.app.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CurveOutlineTest {

    private final CurveOutline outline = new CurveOutline(300, 100, 50);

    private static double[] level(int seconds, double value) {
        double[] values = new double[seconds];
        Arrays.fill(values, value);
        return values;
    }

    private String line(double... values) {
        outline.trace(values, 1000);
        return outline.line();
    }

    @Test
    void theNewestSecondIsAtTheRightEdgeAndTheTopIsTheTop() {
        assertThat(line(0, 25, 50)).isEqualTo("M-0.5 99.0L0.0 99.0L150.0 50.0L300.0 1.0");
    }

    @Test
    void aGapParts() {
        assertThat(line(50, 50, Double.NaN, 50, 50).chars().filter(letter -> letter == 'M'))
                .hasSize(2);
        assertThat(line(Double.NaN, Double.NaN)).isEmpty();
        assertThat(outline.area()).isEmpty();
    }

    @Test
    void aSingleSecondBetweenGapsIsSeen() {
        assertThat(line(Double.NaN, 25, Double.NaN)).isEqualTo("M0.0 50.0L150.0 50.0");
    }

    @Test
    void whatLiesOnTheGroundDoesNotRise() {
        assertThat(outline.rises(0)).isFalse();
        assertThat(outline.rises(0.3)).isFalse();
        assertThat(outline.rises(Double.NaN)).isFalse();
        assertThat(outline.rises(1)).isTrue();
    }

    @Test
    void aShortPeakStaysWhereSecondsShareAPixel() {
        double[] values = level(600, 0);
        values[333] = 50;
        assertThat(line(values)).contains(" 1.0L");
        outline.trace(values, 1001);
        assertThat(outline.line()).contains(" 1.0L");
    }

    @Test
    void whatIsAboveTheTopStaysInside() {
        assertThat(line(70, 70)).doesNotContain("-1").endsWith("L300.0 1.0");
    }

    @Test
    void aSteadyValueLooksTheSameASecondLater() {
        double[] values = level(300, 10);
        String before = line(values);
        assertThat(line(values)).isEqualTo(before);
    }
}
