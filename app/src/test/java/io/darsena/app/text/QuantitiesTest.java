package io.darsena.app.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantitiesTest {

    private final Quantities english = Messages.in(Locale.ENGLISH).quantities();
    private final Quantities italian = Messages.in(Locale.ITALIAN).quantities();

    private static String plain(String text) {
        return text.replace('\u00a0', ' ');
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1023, 1023 B",
        "1024, 1 KB",
        "268435456, 256 MB",
        "39845888, 38 MB",
        "41000000, 39.1 MB",
        "1073741823, 1 GB",
        "1649267441664, 1.5 TB"
    })
    void memoryCountsInPowersOf1024(long bytes, String words) {
        assertThat(plain(english.memory(bytes))).isEqualTo(words.replace("1023", "1,023"));
    }

    @ParameterizedTest
    @CsvSource({"999, 999 B", "1000, 1 KB", "68400000, 68.4 MB", "196700000, 197 MB", "1100000000, 1.1 GB"})
    void contentCountsInPowersOf1000(long bytes, String words) {
        assertThat(plain(english.size(bytes))).isEqualTo(words);
    }

    @Test
    void inColumnsThePointsStandBelowEachOther() {
        assertThat(plain(english.memoryInColumn(38L << 20))).isEqualTo("38.0 MB");
        assertThat(plain(italian.sizeInColumn(2_000_000))).isEqualTo("2,0 MB");
        assertThat(plain(english.sizeInColumn(196_700_000))).isEqualTo("197 MB");
        assertThat(plain(english.sizeInColumn(12))).isEqualTo("12 B");
        assertThat(plain(english.growthInColumn(2000))).isEqualTo("+2.0 KB");
        assertThat(plain(italian.growthInColumn(-2000))).isEqualTo("−2,0 KB");
        assertThat(plain(english.growthInColumn(0))).isEqualTo("0 B");
    }

    @Test
    void aTimeHasTwentyFourHoursInEveryLanguage() {
        Instant evening = LocalDateTime.of(2026, 1, 1, 21, 4, 2)
                .atZone(ZoneId.systemDefault())
                .toInstant();
        assertThat(english.dateAndTime(evening)).isEqualTo("Jan 1, 2026, 21:04:02");
        assertThat(italian.dateAndTime(evening)).isEqualTo("1 gen 2026, 21:04:02");
    }

    @Test
    void whatWasOnAnotherDayIsToldWithItsDate() {
        ZoneId here = ZoneId.systemDefault();
        Instant evening = LocalDateTime.of(2026, 1, 1, 21, 4, 2).atZone(here).toInstant();
        Instant justBeforeMidnight =
                LocalDateTime.of(2026, 1, 1, 23, 59, 59).atZone(here).toInstant();
        assertThat(english.timeSeenAt(evening, justBeforeMidnight)).isEqualTo("21:04:02");
        assertThat(english.timeSeenAt(evening, justBeforeMidnight.plusSeconds(2)))
                .isEqualTo("Jan 1, 2026, 21:04:02");
        assertThat(italian.timeSeenAt(evening, justBeforeMidnight.plusSeconds(2)))
                .isEqualTo("1 gen 2026, 21:04:02");
    }

    @Test
    void numbersFollowTheLanguage() {
        assertThat(plain(english.percent(2.14))).isEqualTo("2.1 %");
        assertThat(plain(italian.percent(2.14))).isEqualTo("2,1 %");
        assertThat(english.count(6673)).isEqualTo("6,673");
        assertThat(italian.count(6673)).isEqualTo("6.673");
    }

    @ParameterizedTest
    @CsvSource({"0, 0 s", "59, 59 s", "60, 1 min", "3599, 59 min", "7200, 2 h", "7500, 2 h 5 min", "180000, 2 d"})
    void durationsAreShort(long seconds, String words) {
        assertThat(english.duration(Duration.ofSeconds(seconds))).isEqualTo(words);
    }

    @Test
    void aClockThatWasSetBackNeverShowsANegativeTime() {
        assertThat(english.duration(Duration.ofSeconds(-5))).isEqualTo("0 s");
    }

    @Test
    void agoSaysHowLong() {
        Instant now = Instant.parse("2026-01-01T12:00:00Z");
        assertThat(english.ago(now.minusSeconds(480), now)).isEqualTo("8 min ago");
        assertThat(italian.ago(now.minusSeconds(480), now)).isEqualTo("8 min fa");
        assertThat(english.ago(now.minusSeconds(1), now)).isEqualTo("just now");
        assertThat(english.ago(now.minus(Duration.ofDays(59)), now)).isEqualTo("59 d ago");
        assertThat(english.ago(now.minus(Duration.ofDays(60)), now)).isEqualTo("2 months ago");
        assertThat(italian.ago(now.minus(Duration.ofDays(332)), now)).isEqualTo("11 mesi fa");
        assertThat(english.ago(now.minus(Duration.ofDays(729)), now)).isEqualTo("24 months ago");
        assertThat(english.ago(now.minus(Duration.ofDays(1200)), now)).isEqualTo("3 years ago");
        assertThat(english.spelledAgo(now.minus(Duration.ofDays(332)), now)).isEqualTo("11 months ago");
    }

    @Test
    void measuredStepsKeepOneDigitWhileTheyAreShort() {
        assertThat(plain(english.measured(Duration.ofNanos(412_300)))).isEqualTo("412 µs");
        assertThat(plain(italian.measured(Duration.ofNanos(1_412_000)))).isEqualTo("1,4 ms");
        assertThat(plain(english.measured(Duration.ofMillis(141)))).isEqualTo("141 ms");
        assertThat(plain(english.measured(Duration.ofMillis(1240)))).isEqualTo("1.2 s");
    }
}
