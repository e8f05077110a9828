package io.darsena.app.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class CompactNumberTest {

    private static double kept(double number) {
        return CompactNumber.value(CompactNumber.of(number));
    }

    @Property
    void aNumberComesBackWithinATwoThousandth(@ForAll @DoubleRange(min = 0.01, max = 1e16) double number) {
        assertThat(kept(number)).isCloseTo(number, within(number / 2000));
    }

    @Test
    void wholeNumbersUpTo2048AreExact() {
        for (int number = 0; number <= 2048; number++) {
            assertThat(kept(number)).isEqualTo(number);
        }
    }

    @Test
    void whatCannotBeKeptIsTheNearestThatCan() {
        assertThat(kept(Double.NaN)).isNaN();
        assertThat(kept(-5)).isZero();
        assertThat(kept(1e-9)).isZero();
        assertThat(kept(Double.POSITIVE_INFINITY)).isFinite().isGreaterThan(1e16);
        assertThat(kept(0.0)).isZero();
    }
}
