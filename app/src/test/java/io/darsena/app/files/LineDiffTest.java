package io.darsena.app.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What lines two texts have in common, and what of two files is shown beside each other.
class LineDiffTest {

    private static LineDiff diff(String before, String after) {
        return LineDiff.of(TextLines.of(before), TextLines.of(after));
    }

    private static List<String> rows(LineDiff diff) {
        return diff.stream()
                .map(row -> row.kind() + ":" + row.before().map(FileLine::text).orElse("-") + "|"
                        + row.after().map(FileLine::text).orElse("-"))
                .toList();
    }

    @Test
    void linesStandBesideThoseThatTheyWere() {
        LineDiff diff = diff("a\nb\nc\nd\ne\n", "a\nB\nc\ne\nf\n");
        assertThat(rows(diff))
                .containsExactly("SAME:a|a", "CHANGED:b|B", "SAME:c|c", "REMOVED:d|-", "SAME:e|e", "ADDED:-|f");
        assertThat(diff.differences()).isEqualTo(3);
        assertThat(List.of(diff.next(-1), diff.next(1), diff.next(5), diff.previous(3), diff.previous(1)))
                .containsExactly(1, 3, 1, 1, 5);
    }

    @Test
    void whatIsEmptyOrTheSameHasNoDifference() {
        assertThat(diff("", "").differences()).isZero();
        assertThat(diff("a\nb", "a\nb").differences()).isZero();
        assertThat(diff("a\nb", "a\nb").next(-1)).isEqualTo(-1);
        assertThat(rows(diff("", "x"))).containsExactly("ADDED:-|x");
        assertThat(rows(diff("x", ""))).containsExactly("REMOVED:x|-");
    }

    @Test
    void bothSidesAreWholeWhateverDiffers() {
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            List<String> before = lines(random, random.nextInt(12));
            List<String> after = lines(random, random.nextInt(12));
            LineDiff diff = diff(String.join("\n", before), String.join("\n", after));
            assertThat(diff.stream()
                            .flatMap(row -> row.before().stream())
                            .map(FileLine::text)
                            .toList())
                    .isEqualTo(before);
            assertThat(diff.stream()
                            .flatMap(row -> row.after().stream())
                            .map(FileLine::text)
                            .toList())
                    .isEqualTo(after);
        }
    }

    private static List<String> lines(Random random, int count) {
        return IntStream.range(0, count)
                .mapToObj(line -> "l" + random.nextInt(4))
                .toList();
    }

    @Test
    void whatIsTooDifferentIsNotMatched() {
        String before = numbers("a", LineDiff.MOST_MATCHED + 1);
        LineDiff diff = diff("head\n" + before + "\ntail", "head\nother\ntail");
        assertThat(diff.isCoarse()).isTrue();
        assertThat(diff.differences()).isEqualTo(1);
        assertThat(diff).hasSize(LineDiff.MOST_MATCHED + 3);
        assertThat(diff.getLast().kind()).isEqualTo(LineDiff.Kind.SAME);
        assertThat(diff("head\n" + before, "head\n" + before + "\nmore").isCoarse())
                .isFalse();
    }

    private static String numbers(String word, int count) {
        return IntStream.range(0, count).mapToObj(line -> word + line).collect(Collectors.joining("\n"));
    }

    private static Beside.Lines beside(byte[] before, byte[] after, boolean whole) {
        return (Beside.Lines) Beside.of(before, after, whole);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void lineEndsAloneAreToldAndBytesAreComparedAsSuch() {
        Beside.Lines ends = beside(bytes("a\r\nb\r\n"), bytes("a\nb\n"), true);
        assertThat(ends.equal()).isFalse();
        assertThat(ends.text()).isTrue();
        assertThat(ends.diff().differences()).isZero();
        Beside.Lines mixed = beside(new byte[] {0, 1, 2}, bytes("a text"), true);
        assertThat(mixed.text()).isFalse();
        assertThat(mixed.diff().differences()).isEqualTo(1);
        assertThat(beside(bytes("same"), bytes("same"), true).equal()).isTrue();
        assertThat(beside(bytes("same"), bytes("same"), false).equal()).isFalse();
    }
}
