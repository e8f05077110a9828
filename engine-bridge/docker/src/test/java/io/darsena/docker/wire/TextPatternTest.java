package io.darsena.docker.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextPatternTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "web, my-web-1, true",
                "^web$, web, true",
                "^web$, /web, false",
                "^/web$, /web, true",
                "^web$, web2, false",
                "^(web|db)[0-9]+$, db12, true",
                "^(web|db)[0-9]+$, db, false",
                "w.b, wob, true",
                "a|b, xb, true",
                "^a*$, aaaa, true",
                "^(ab?)+?c$, aabac, true",
                "^a{2}$, aaa, false",
                "\"^a{2,3}$\", aaa, true",
                "\"^a{2,}$\", a, false",
                "^(a?){999}b$, aab, true",
                "^[^a-c]$, d, true",
                "^[^a-c]$, b, false",
                "^[a-]$, -, true",
                "^\\w\\d\\.$, a1., true",
                "^[\\d_]+$, 1_2, true",
                "^(?:a|)$, \"\", true",
                "(^|-)web($|-), my-web-1, true",
                "(^|-)web($|-), myweb, false",
            })
    void anExpressionIsFoundInAText(String expression, String text, boolean fits) {
        assertThat(TextPattern.regex(expression).fits(text)).isEqualTo(fits);
    }

    @ParameterizedTest
    @CsvSource({
        "deb*, debian, true",
        "deb*, debian:12, true",
        "ubuntu:24.*, ubuntu:24.04, true",
        "ubuntu:24.*, ubuntu:22.04, false",
        "*, a/b, false",
        "*/b, a/b, true",
        "d?b, dab, true",
        "d?b, d/b, false",
        "deb[a-i]an, debian, true",
        "deb[^a-i]an, debian, false",
        "a.c, abc, false",
        "a\\*c, a*c, true",
        "deb, debian, false"
    })
    void aGlobFitsAWholeText(String glob, String text, boolean fits) {
        assertThat(TextPattern.glob(glob).fits(text)).isEqualTo(fits);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                ")",
                "a(b",
                "*",
                "a|+",
                "[",
                "[]",
                "[b-a]",
                "\\",
                "\\p",
                "(?=a)",
                "a{",
                "a{2",
                "a{3,2}",
                "a{x}",
                "a{1001}",
                "a{}",
                "[[:alpha:]]"
            })
    void whatIsNoExpressionIsRefused(String expression) {
        assertThatThrownBy(() -> TextPattern.regex(expression))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not valid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "a\\", "[]", "[b-a]"})
    void whatIsNoGlobIsRefused(String glob) {
        assertThatThrownBy(() -> TextPattern.glob(glob)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPatternWithoutAnEndIsRefused() {
        assertThatThrownBy(() -> TextPattern.regex("a".repeat(TextPattern.LONGEST + 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a*)*b",
                "(a|a)*b",
                "((((a*)*)*)*)*b",
                "(((((a{0,1000}){0,1000}){0,1000}){0,1000}){0,1000}){1000}b",
                "(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)x",
                "(()|()){1000}{1000}?((){1000}|(){1000})*b"
            })
    @Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void noPatternTakesLong(String hostile) {
        TextPattern pattern;
        try {
            pattern = TextPattern.regex(hostile);
        } catch (IllegalArgumentException refused) {
            return;
        }
        assertThat(pattern.fits("a".repeat(128))).isFalse();
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aDeepPatternIsRead() {
        int depth = TextPattern.LONGEST / 2 - 1;
        TextPattern deep = TextPattern.regex("(".repeat(depth) + "a" + ")".repeat(depth));
        assertThat(deep.fits("xa")).isTrue();
        assertThat(TextPattern.glob("*".repeat(TextPattern.LONGEST)).fits("a".repeat(400)))
                .isTrue();
    }
}
