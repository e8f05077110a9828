package io.darsena.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TransferRateTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final TransferRate rate = new TransferRate();

    @Test
    void nothingIsClaimedAtTheBeginning() {
        assertThat(rate.perSecond()).isEmpty();
        rate.add(0, 0);
        rate.add(SECOND / 10, 1000);
        assertThat(rate.perSecond()).isEmpty();
    }

    @Test
    void theRateIsThatOfTheLastSeconds() {
        for (int second = 0; second <= 10; second++) {
            rate.add(second * SECOND, second < 5 ? 0 : (second - 5) * 1000L);
        }
        assertThat(rate.perSecond())
                .hasValueSatisfying(value -> assertThat(value).isBetween(990.0, 1010.0));
        assertThat(rate.left(15000)).contains(Duration.ofSeconds(10));
    }

    @Test
    void aNewStageThatCountsFromZeroBeginsAnew() {
        rate.add(0, 0);
        rate.add(SECOND, 5000);
        rate.add(2 * SECOND, 10);
        assertThat(rate.perSecond()).isEmpty();
    }
}
