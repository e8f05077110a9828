package io.darsena.app.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChartUnitTest {

    @Test
    void scalesEndAtRoundNumbers() {
        assertThat(ChartUnit.PERCENT.top(0.2)).isEqualTo(10);
        assertThat(ChartUnit.PERCENT.top(37)).isEqualTo(40);
        assertThat(ChartUnit.PERCENT.top(156)).isEqualTo(200);
        assertThat(ChartUnit.MEMORY.top(266L << 20)).isEqualTo(384L << 20);
        assertThat(ChartUnit.MEMORY.top(3L << 30)).isEqualTo(3L << 30);
        assertThat(ChartUnit.RATE.top(1_200_000)).isEqualTo(1_500_000);
        assertThat(ChartUnit.COUNT.top(3)).isEqualTo(8);
    }

    @Test
    void aScaleNeverEndsBelowWhatItShows() {
        for (ChartUnit unit : ChartUnit.values()) {
            for (double most = 0.5; most < 1e17; most *= 1.37) {
                assertThat(unit.top(most)).isGreaterThanOrEqualTo(most).isLessThan(Math.max(2.6 * most, 9e6));
            }
        }
    }
}
