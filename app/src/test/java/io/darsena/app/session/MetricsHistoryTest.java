package io.darsena.app.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerMetrics;
import io.darsena.bridge.container.ContainerMetrics.Absence;
import io.darsena.bridge.container.ContainerMetrics.Measure;
import io.darsena.bridge.container.ContainerMetrics.Pressure;
import io.darsena.bridge.container.ContainerMetrics.Throttling;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class MetricsHistoryTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final MetricsHistory history = new MetricsHistory();

    private static ContainerMetrics sample(long second) {
        return sample(START.plusSeconds(second), second, second * 4096);
    }

    private static ContainerMetrics sample(Instant at, long number, long counter) {
        return new ContainerMetrics(
                new ContainerId("a".repeat(64)),
                at,
                number == 0 ? OptionalDouble.empty() : OptionalDouble.of(number),
                Optional.of(new Throttling(number, number, number * 1_000_000)),
                OptionalLong.of(number * 1000),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.of(2),
                OptionalLong.empty(),
                OptionalLong.of(counter),
                OptionalLong.of(counter * 2),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.of(new Pressure(number % 7, OptionalDouble.empty())),
                Optional.empty(),
                Optional.empty(),
                ContainerMetrics.Source.CGROUP,
                Absence.everywhere(Absence.NOT_COUNTED));
    }

    private double[] last(MeasuredSeries series, int seconds) {
        double[] values = new double[seconds];
        history.read(series, history.lastSecond(), values);
        return values;
    }

    @Test
    void itKeepsTheLastTenMinutesOldestFirst() {
        for (int second = 0; second < 1000; second++) {
            history.add(sample(second));
        }
        assertThat(history.length()).isEqualTo(MetricsHistory.SECONDS);
        double[] cpu = last(MeasuredSeries.CPU, MetricsHistory.SECONDS);
        for (int i = 0; i < cpu.length; i++) {
            assertThat(cpu[i]).isEqualTo(400 + i);
        }
        assertThat(last(MeasuredSeries.MEMORY, 1)[0]).isCloseTo(999_000, within(500.0));
    }

    @Test
    void whatWasNotMeasuredIsAGapAndItsReasonIsKept() {
        history.add(sample(0));
        assertThat(last(MeasuredSeries.CPU, 1)[0]).isNaN();
        assertThat(last(MeasuredSeries.MEMORY, 1)[0]).isZero();
        assertThat(last(MeasuredSeries.CACHE, 1)[0]).isNaN();
        assertThat(history.absence(Measure.CACHE)).contains(Absence.NOT_COUNTED);
        assertThat(history.absence(Measure.MEMORY)).isEmpty();
    }

    @Test
    void secondsThatWereMissedAreGaps() {
        history.add(sample(1));
        history.add(sample(5));
        assertThat(history.length()).isEqualTo(5);
        assertThat(last(MeasuredSeries.PROCESSES, 5)).containsExactly(2, Double.NaN, Double.NaN, Double.NaN, 2);
    }

    @Test
    void aSecondBetweenTwoStrokesIsNoGap() {
        history.add(sample(START.plusMillis(1990), 5, 0));
        history.add(sample(START.plusMillis(3010), 6, 0));
        assertThat(last(MeasuredSeries.CPU, 3)).containsExactly(5, 6, 6);
        history.add(sample(START.plusMillis(3990), 7, 0));
        assertThat(last(MeasuredSeries.CPU, 3)).containsExactly(5, 6, 7);
    }

    @Test
    void aClockThatJumpsFarLeavesOneScreenOfGaps() {
        history.add(sample(1));
        history.add(sample(1_000_000));
        assertThat(history.length()).isEqualTo(MetricsHistory.SECONDS);
        double[] memory = last(MeasuredSeries.MEMORY, MetricsHistory.SECONDS);
        assertThat(memory[0]).isNaN();
        assertThat(memory[MetricsHistory.SECONDS - 1]).isCloseTo(1e9, within(500_000.0));
    }

    @Test
    void aClockThatGoesBackByALittleOrMuchLosesNothing() {
        history.add(sample(1000));
        history.add(sample(4));
        assertThat(history.length()).isEqualTo(2);
        assertThat(last(MeasuredSeries.CPU, 2)).containsExactly(1000, 4);
    }

    @Test
    void countersAreRememberedAsWhatTheyGrowByInASecond() {
        history.add(sample(START, 1, 1000));
        history.add(sample(START.plusSeconds(1), 2, 3000));
        history.add(sample(START.plusMillis(3000), 3, 7000));
        assertThat(last(MeasuredSeries.BLOCK_READ, 4)).containsExactly(Double.NaN, 2000, 2000, 2000);
        assertThat(last(MeasuredSeries.BLOCK_WRITTEN, 1)).containsExactly(4000);
        assertThat(last(MeasuredSeries.THROTTLED, 4)[1]).isCloseTo(0.1, within(0.001));
    }

    @Test
    void countersOfTheNextRunBeginAnew() {
        history.add(sample(START, 1, 1_000_000));
        history.add(sample(START.plusSeconds(1), 2, 300));
        history.add(sample(START.plusSeconds(2), 3, 800));
        assertThat(last(MeasuredSeries.BLOCK_READ, 3)).containsExactly(Double.NaN, Double.NaN, 500);
    }

    @Test
    void aTimeAfterTheLastSampleIsAGap() {
        history.add(sample(1));
        double[] values = new double[4];
        history.read(MeasuredSeries.PROCESSES, history.lastSecond() + 2, values);
        assertThat(values).containsExactly(Double.NaN, 2, Double.NaN, Double.NaN);
    }

    @Test
    void aThousandBusyContainersTakeLessThanFifteenMegabytesAndIdleOnesLessThanFive() {
        MetricsHistory idle = new MetricsHistory();
        for (int second = 0; second < 700; second++) {
            history.add(sample(START.plusSeconds(second), second, second * (long) second));
            idle.add(sample(START.plusSeconds(second), 3, 0));
        }
        int everything = MeasuredSeries.values().length * MetricsHistory.SECONDS * Character.BYTES + 80;
        assertThat(1000L * everything).isLessThan(15_000_000);
        assertThat(history.bytes()).isLessThanOrEqualTo(everything);
        assertThat(1000L * idle.bytes()).isLessThan(5_000_000);
        double[] memory = new double[600];
        idle.read(MeasuredSeries.MEMORY, idle.lastSecond(), memory);
        assertThat(memory).containsOnly(CompactNumber.value(CompactNumber.of(3000)));
    }
}
