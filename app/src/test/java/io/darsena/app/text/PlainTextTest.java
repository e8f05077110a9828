package io.darsena.app.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.layer.FilePath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {

    @Test
    void whatBreaksALineIsAnEscape() {
        assertThat(PlainText.line("a\nb\tc\rd\u001b[1m\u0085\u007f")).isEqualTo("a\\nb\\tc\\rd\\x1b[1m\\x85\\x7f");
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069, 0x200e, 0x200f, 0x061c, 0x2028,
                0x2029, 0x200b, 0x200c, 0x200d, 0x2060, 0xfeff, 0x00ad, 0x3164, 0xfe0f, 0xe0041, 0xe0100
            })
    void whatTurnsALineOrIsNotSeenIsAnEscape(int letter) {
        String name = "a" + Character.toString(letter) + "b";
        assertThat(PlainText.isPlain(name)).isFalse();
        assertThat(PlainText.line(name)).matches("a\\\\([xu]|U)[0-9a-f]+b");
        assertThat(PlainText.lines(name)).isEqualTo(PlainText.line(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "etc/passwd", "città", "日本語", "שלום", "a b\\n", "🐳"})
    void whatIsPlainStaysTheSameText(String text) {
        assertThat(PlainText.line(text)).isSameAs(text);
        assertThat(PlainText.lines(text)).isSameAs(text);
    }

    @Test
    void linesStayLinesWhereTheyMay() {
        assertThat(PlainText.lines("RUN a\n\tb\r\u202e")).isEqualTo("RUN a\n\tb\\r\\u202e");
    }

    @Test
    void aPathBeginsAtTheRootAndHasOneLine() {
        assertThat(PlainText.path(FilePath.of("etc/a\nb"))).isEqualTo("/etc/a\\nb");
        assertThat(PlainText.path("etc/a\nb")).isEqualTo("/etc/a\\nb");
    }
}
