package io.darsena.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerMetrics;
import io.darsena.bridge.container.ContainerMetrics.Absence;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MetricsFeedTest {

    private static final ContainerId WEB = new ContainerId("a".repeat(64));

    private final Set<ContainerId> known = new HashSet<>(Set.of(WEB));
    private final MetricsFeed feed = new MetricsFeed(known::contains);

    private static List<ContainerMetrics> second(long second) {
        return List.of(new ContainerMetrics(
                WEB,
                Instant.ofEpochSecond(1_700_000_000 + second),
                OptionalDouble.of(second),
                Optional.empty(),
                OptionalLong.of(1 << 20),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
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
                Absence.everywhere(Absence.NOT_COUNTED)));
    }

    @Test
    void whileNobodySeesTheWindowNothingBeatsButTheSecondsAreKept() {
        feed.accept(second(1));
        long before = feed.beat().get();
        feed.watched(false);
        feed.accept(second(2));
        feed.accept(second(3));
        assertThat(feed.beat().get()).isEqualTo(before);
        assertThat(feed.history(WEB).length()).isEqualTo(3);
        feed.watched(true);
        assertThat(feed.beat().get()).isEqualTo(before + 1);
        assertThat(feed.now()).isEqualTo(1_700_000_003);
    }

    @Test
    void aSampleOfOneThatHasGoneIsNotRemembered() {
        feed.accept(second(1));
        known.clear();
        feed.forget(WEB);
        feed.accept(second(2));
        assertThat(feed.history(WEB).length()).isZero();
    }

    @Test
    void aSecondThatReadsTheSameIsNoNews() {
        feed.accept(second(5));
        var before = feed.newest(WEB);
        feed.accept(second(5));
        assertThat(feed.newest(WEB)).isSameAs(before);
        feed.accept(second(6));
        assertThat(feed.newest(WEB).orElseThrow().cpuPercent()).hasValue(6);
    }

    @Test
    void totalsAreThoseOfTheNewestSecond() {
        feed.accept(second(1));
        feed.accept(second(7));
        assertThat(feed.totalCpuPercent()).isEqualTo(7);
        assertThat(feed.totalMemory()).isEqualTo(1 << 20);
        feed.accept(List.of());
        assertThat(feed.totalMemory()).isZero();
    }
}
