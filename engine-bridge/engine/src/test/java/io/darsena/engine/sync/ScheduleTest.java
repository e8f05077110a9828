package io.darsena.engine.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final Instant CHECKED = Instant.parse("2026-11-28T08:00:00Z");
    private static final Instant STARTED = CHECKED.minusSeconds(3600);
    private static final Duration EVERY = Duration.ofHours(10);

    private static TagRow row(int number, Tries tries) {
        return new TagRow(
                ImageReference.parse("registry.example/web:" + number),
                new ImageId(new Digest("0".repeat(64))),
                false,
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.of(CHECKED),
                tries);
    }

    private static List<Instant> thousand(Instant started) {
        return IntStream.range(0, 1000)
                .mapToObj(number -> Schedule.next(row(number, Tries.NONE), EVERY, started))
                .toList();
    }

    @Test
    void namesAreSpreadOverATenthBeforeAndAfterTheirTime() {
        List<Instant> all = thousand(STARTED);
        assertThat(all)
                .allSatisfy(at -> assertThat(at)
                        .isBetween(CHECKED.plus(Duration.ofHours(9)), CHECKED.plus(Duration.ofHours(11))));
        for (int quarter = 0; quarter < 4; quarter++) {
            Instant from = CHECKED.plus(Duration.ofHours(9)).plus(Duration.ofMinutes(30L * quarter));
            assertThat(all.stream().filter(at -> at.isAfter(from) && at.isBefore(from.plusSeconds(1800))))
                    .hasSizeBetween(200, 300);
        }
        assertThat(thousand(STARTED)).as("asked again it says the same").isEqualTo(all);
    }

    @Test
    void whatIsOverdueAtAStartIsSpreadOverItsFirstMinutes() {
        Instant late = CHECKED.plus(Duration.ofDays(9));
        List<Instant> all = thousand(late);
        assertThat(all).allSatisfy(at -> assertThat(at).isBetween(late, late.plus(Schedule.START)));
        assertThat(all.stream().distinct().count()).isGreaterThan(900);
    }

    @Test
    void eachFailureDoublesTheWaitUpToTheInterval() {
        Duration expected = Schedule.FIRST_RETRY;
        for (int failures = 1; failures < 60; failures++) {
            Tries tries = new Tries(failures, Optional.of(CHECKED), Optional.of("x"), Optional.empty());
            Duration wait = Duration.between(CHECKED, Schedule.next(row(1, tries), EVERY, STARTED));
            assertThat(wait).isBetween(expected.multipliedBy(89).dividedBy(100), expected);
            expected = expected.multipliedBy(2).compareTo(EVERY) > 0 ? EVERY : expected.multipliedBy(2);
        }
    }

    @Test
    void whatARegistryAsksForCountsWhenItIsLonger() {
        Instant asked = CHECKED.plus(Duration.ofDays(2));
        Tries tries = new Tries(1, Optional.of(CHECKED), Optional.of("x"), Optional.of(asked));
        assertThat(Schedule.next(row(1, tries), EVERY, STARTED)).isEqualTo(asked);
        Tries sooner = new Tries(1, Optional.of(CHECKED), Optional.of("x"), Optional.of(CHECKED.plusSeconds(1)));
        assertThat(Schedule.next(row(1, sooner), EVERY, STARTED)).isAfter(CHECKED.plusSeconds(200));
    }
}
