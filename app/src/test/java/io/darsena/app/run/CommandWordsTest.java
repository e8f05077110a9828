package io.darsena.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandWordsTest {

    @Test
    void blanksPartWords() {
        assertThat(CommandWords.of("  sleep\t 5 ").words()).containsExactly("sleep", "5");
    }

    @Test
    void quotesKeepTogether() {
        assertThat(CommandWords.of("sh -c 'echo \"a  b\"; ls *' \"it's\" \"\"").words())
                .containsExactly("sh", "-c", "echo \"a  b\"; ls *", "it's", "");
    }

    @Test
    void quotesInsideAWordBelongToIt() {
        assertThat(CommandWords.of("--name='a b'c").words()).containsExactly("--name=a bc");
    }

    @Test
    void aBackslashEscapesAsInAShell() {
        assertThat(CommandWords.of("a\\ b \"\\$HOME \\n\" '\\'").words()).containsExactly("a b", "$HOME \\n", "\\");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '^',
            value = {"echo 'a ~'", "echo \"a~\"", "echo \\~\\"})
    void whatWaitsForItsOtherHalfIsNamed(String line, char unfinished) {
        assertThat(CommandWords.of(line).isFinished()).isFalse();
        assertThat(CommandWords.of(line).unfinished()).isEqualTo(unfinished);
    }
}
