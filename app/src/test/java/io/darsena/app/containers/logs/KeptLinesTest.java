package io.darsena.app.containers.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.container.LogRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class KeptLinesTest {

    private static final Instant WHEN = Instant.parse("2026-01-02T03:04:05.678Z");

    private final KeptLines lines = new KeptLines();

    static LogRecord record(String text, boolean error, boolean partial) {
        LogRecord.Stream stream = error ? LogRecord.Stream.STDERR : LogRecord.Stream.STDOUT;
        return new LogRecord(WHEN, stream, partial, text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<LogRecord> numbers(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(number -> record(Integer.toString(number), number % 10 == 0, false))
                .toList();
    }

    private List<String> texts(LogStreams streams, long from, int most) {
        return lines.lines(streams, from, most).stream().map(LogLine::text).toList();
    }

    private List<Long> found(String words, boolean mindingCase, LogStreams streams) {
        List<Long> found = new ArrayList<>();
        lines.search(Needle.of(words, mindingCase), streams, lines.first(streams), () -> false, found::add);
        return found;
    }

    @Test
    void aLineIsGivenBackWithItsTimeAndItsStream() {
        lines.append(List.of(record("però → 🐳", true, false)));
        assertThat(lines.lines(LogStreams.BOTH, 0, 5))
                .containsExactly(new LogLine(WHEN, LogRecord.Stream.STDERR, "però → 🐳"));
    }

    @Test
    void aMillionLinesAreKeptAndTheOldestOfMoreGo() {
        for (int i = 0; i < 1_020_000; i += 10_000) {
            lines.append(numbers(i, i + 10_000));
        }
        assertThat(lines.count(LogStreams.BOTH)).isBetween(1_000_000L, 1_010_000L);
        assertThat(lines.dropped()).isTrue();
        assertThat(texts(LogStreams.BOTH, 1_019_999, 5)).containsExactly("1019999");
        assertThat(texts(LogStreams.BOTH, 0, 1)).containsExactly(Long.toString(lines.first(LogStreams.BOTH)));
        assertThat(texts(LogStreams.STDERR, 101_999, 5)).containsExactly("1019990");
        assertThat(texts(LogStreams.STDOUT, 900_000, 2)).containsExactly("1000001", "1000002");
    }

    @Test
    void longLinesTakeNoMoreThanTheirRoom() {
        KeptLines small = new KeptLines(1_000_000, 1 << 20);
        for (int i = 0; i < 2000; i++) {
            small.append(List.of(record("x".repeat(3000) + i, false, false)));
        }
        assertThat(small.count(LogStreams.BOTH)).isLessThan(700);
        assertThat(small.dropped()).isTrue();
        assertThat(small.lines(LogStreams.BOTH, 1999, 1).getFirst().text()).endsWith("x1999");
    }

    @Test
    void partsOfOneLineAreJoinedAlsoWhereAnEscapeOrALetterIsCutInTwo() {
        byte[] letter = "è".getBytes(StandardCharsets.UTF_8);
        lines.append(List.of(record("caff", false, true)));
        lines.append(List.of(new LogRecord(WHEN, LogRecord.Stream.STDOUT, true, new byte[] {letter[0]})));
        lines.append(List.of(new LogRecord(WHEN, LogRecord.Stream.STDOUT, true, new byte[] {letter[1]})));
        lines.append(
                List.of(record(" \u001b[3", false, true), record("1mred", false, false), record("next", false, false)));
        assertThat(texts(LogStreams.BOTH, 0, 9)).containsExactly("caffè red", "next");
    }

    @Test
    void aLineOfTheOtherStreamEndsAnUnfinishedOne() {
        lines.append(List.of(record("out", false, true), record("err", true, false), record("rest", false, false)));
        assertThat(texts(LogStreams.BOTH, 0, 9)).containsExactly("out", "err", "rest");
    }

    @Test
    void serialNumbersGoOnAfterClearing() {
        lines.append(numbers(0, 30));
        lines.clear();
        assertThat(lines.count(LogStreams.BOTH)).isZero();
        lines.append(numbers(30, 41));
        assertThat(lines.first(LogStreams.BOTH)).isEqualTo(30);
        assertThat(texts(LogStreams.STDERR, 0, 9)).containsExactly("30", "40");
    }

    @Test
    void whatIsSoughtIsFoundInTheStreamsThatAreShown() {
        lines.append(numbers(0, 30_000));
        assertThat(found("2999", false, LogStreams.BOTH))
                .containsExactly(
                        2999L, 12999L, 22999L, 29990L, 29991L, 29992L, 29993L, 29994L, 29995L, 29996L, 29997L, 29998L,
                        29999L);
        assertThat(found("2999", false, LogStreams.STDERR)).containsExactly(2999L);
    }

    @Test
    void capitalLettersMatterOnlyWhenTheyAreTo() {
        lines.append(List.of(
                record("an Error", false, false), record("an ERROR", false, false), record("PERÒ", false, false)));
        assertThat(found("error", false, LogStreams.BOTH)).containsExactly(0L, 1L);
        assertThat(found("Error", true, LogStreams.BOTH)).containsExactly(0L);
        assertThat(found("però", false, LogStreams.BOTH)).containsExactly(2L);
        assertThat(found("ò", false, LogStreams.BOTH)).containsExactly(2L);
        assertThat(found("ò", true, LogStreams.BOTH)).isEmpty();
    }

    @Test
    void aSearchGoesOnWhereItEnded() {
        lines.append(numbers(0, 100));
        List<Long> found = new ArrayList<>();
        Needle seven = Needle.of("7", false);
        long reached = lines.search(seven, LogStreams.BOTH, 95, () -> false, found::add);
        lines.append(List.of(record("unfinished", false, true)));
        reached = lines.search(seven, LogStreams.BOTH, reached, () -> false, found::add);
        lines.append(List.of(record(" 7", false, false)));
        lines.search(seven, LogStreams.BOTH, reached, () -> false, found::add);
        assertThat(found).containsExactly(97L, 100L);
    }

    @Test
    void whatIsTooMuchForAClipboardIsNotMadeIntoOneText() {
        lines.append(List.of(record("one", false, false), record("two", true, false)));
        assertThat(LogText.of(lines, LogStreams.BOTH, 0, 1, false)).isEqualTo(Optional.of("one\ntwo"));
        assertThat(LogText.of(lines, LogStreams.STDERR, 0, 0, true)).isEqualTo(Optional.of(WHEN + " two"));
        for (int i = 0; i < 4200; i++) {
            lines.append(List.of(record("x".repeat(4090), false, false)));
        }
        assertThat(LogText.of(lines, LogStreams.BOTH, 0, 4201, false)).isEmpty();
    }

    @Property
    void everyLineThatHoldsTheWordsIsFoundAndNoOther(
            @ForAll @Size(max = 60) List<@AlphaChars @StringLength(max = 6) String> written,
            @ForAll @AlphaChars @StringLength(min = 1, max = 3) String words) {
        KeptLines kept = new KeptLines();
        written.forEach(line -> kept.append(List.of(record(line, line.length() % 2 == 0, false))));
        List<Long> found = new ArrayList<>();
        kept.search(Needle.of(words, true), LogStreams.BOTH, 0, () -> false, found::add);
        assertThat(found)
                .isEqualTo(IntStream.range(0, written.size())
                        .filter(i -> written.get(i).contains(words))
                        .mapToObj(i -> (long) i)
                        .toList());
        assertThat(kept.count(words, false))
                .isEqualTo(written.stream()
                        .filter(line -> line.toLowerCase(java.util.Locale.ROOT)
                                .contains(words.toLowerCase(java.util.Locale.ROOT)))
                        .count());
    }
}
