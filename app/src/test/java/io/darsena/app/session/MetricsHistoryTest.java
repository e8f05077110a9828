package io.darsena.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerMetrics;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class MetricsHistoryTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final MetricsHistory history = new MetricsHistory();

    private static ContainerMetrics sample(long second) {
        return new ContainerMetrics(
                new ContainerId("a".repeat(64)),
                START.plusSeconds(second),
                second == 0 ? OptionalDouble.empty() : OptionalDouble.of(second),
                Optional.empty(),
                OptionalLong.of(second * 1000),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.of(2),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                ContainerMetrics.Source.CGROUP,
                ContainerMetrics.Absence.everywhere(ContainerMetrics.Absence.NOT_COUNTED));
    }

    @Test
    void itKeepsTheLastTenMinutesOldestFirst() {
        for (int second = 0; second < 1000; second++) {
            history.add(sample(second));
        }
        assertThat(history.length()).isEqualTo(MetricsHistory.SECONDS);
        assertThat(history.memory()).startsWith(400_000).endsWith(999_000);
        assertThat(history.cpuPercent()).startsWith(400).endsWith(999);
    }

    @Test
    void whatWasNotMeasuredIsAGap() {
        history.add(sample(0));
        assertThat(history.cpuPercent()[0]).isNaN();
        assertThat(history.memory()[0]).isZero();
    }

    @Test
    void secondsThatWereMissedAreGaps() {
        history.add(sample(1));
        history.add(sample(5));
        assertThat(history.length()).isEqualTo(5);
        assertThat(history.memory()[1]).isNaN();
        assertThat(history.memory()[4]).isEqualTo(5000);
    }

    @Test
    void aClockThatJumpsFarLeavesOneScreenOfGaps() {
        history.add(sample(1));
        history.add(sample(1_000_000));
        assertThat(history.length()).isEqualTo(MetricsHistory.SECONDS);
        assertThat(history.memory()[MetricsHistory.SECONDS - 1]).isEqualTo(1_000_000_000);
    }

    @Test
    void aClockThatGoesBackAddsOnlyTheSample() {
        history.add(sample(10));
        history.add(sample(4));
        assertThat(history.length()).isEqualTo(2);
    }
}
