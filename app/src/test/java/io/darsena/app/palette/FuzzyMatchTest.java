package io.darsena.app.palette;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FuzzyMatchTest {

    private static List<String> found(String typed, String... texts) {
        record Ranked(String text, int score) {}
        return Stream.of(texts)
                .flatMap(text ->
                        FuzzyMatch.of(typed, text, "Containers").stream().map(match -> new Ranked(text, match.score())))
                .sorted(Comparator.comparingInt(Ranked::score).reversed())
                .map(Ranked::text)
                .toList();
    }

    @Test
    void wholeWordsComeBeforeBeginningsAndThoseBeforeInnerLetters() {
        assertThat(found("stop", "Unstoppable", "Stopwatch", "Stop web-1"))
                .containsExactly("Stop web-1", "Stopwatch", "Unstoppable");
    }

    @Test
    void firstLettersOfWordsFindWhatTheyBegin() {
        assertThat(found("sw", "Stop web-1", "Images")).containsExactly("Stop web-1");
    }

    @Test
    void theOrderOfWordsDoesNotMatter() {
        assertThat(found("web stop", "Stop web-1", "Start web-1")).containsExactly("Stop web-1");
    }

    @Test
    void capitalsAndAccentsDoNotMatter() {
        assertThat(found("LINGUA citta", "Lingua: città")).containsExactly("Lingua: città");
    }

    @Test
    void aWordMayStandInTheHeadingAndMarksNothingThen() {
        assertThat(FuzzyMatch.of("containers", "Open db", "Containers")
                        .orElseThrow()
                        .letters()
                        .isEmpty())
                .isTrue();
    }

    @Test
    void theLettersThatFitAreMarked() {
        assertThat(FuzzyMatch.of("web", "Stop web-1", "").orElseThrow().letters().stream())
                .containsExactly(5, 6, 7);
    }

    @Test
    void nothingFitsWhatIsNotThere() {
        assertThat(found("xyz", "Stop web-1")).isEmpty();
        assertThat(found("ppots", "Stop web-1")).isEmpty();
    }

    @Property
    void everyTextFindsItself(@ForAll String text) {
        assertThat(FuzzyMatch.of(text, text, "")).isPresent();
    }

    @Property
    void anythingCanBeTyped(@ForAll String typed, @ForAll String text) {
        FuzzyMatch.of(typed, text, "")
                .ifPresent(match -> assertThat(match.letters().length()).isLessThanOrEqualTo(text.length()));
    }
}
