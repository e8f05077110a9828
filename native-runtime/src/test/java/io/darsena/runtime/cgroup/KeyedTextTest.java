package io.darsena.runtime.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyedTextTest {

    private static long number(String text, String key) {
        return new KeyedText(text).number(key, -1);
    }

    @Test
    void aKeyIsAWholeWordAtTheBeginningOfALine() {
        String text = "total_cache 9\ncache 3500\ncache_dirty 7\nlast 8";
        assertThat(number(text, "cache")).isEqualTo(3500);
        assertThat(number(text, "total_cache")).isEqualTo(9);
        assertThat(number(text, "last")).isEqualTo(8);
        assertThat(number(text, "ache")).isEqualTo(-1);
        assertThat(number(text, "las")).isEqualTo(-1);
    }

    @Test
    void whatIsNoNumberIsNotThere() {
        assertThat(number("limit max\n", "limit")).isEqualTo(-1);
        assertThat(number("limit \n5", "limit")).isEqualTo(-1);
        assertThat(number("limit 12x\n", "limit")).isEqualTo(-1);
        assertThat(number("limit 99999999999999999999\n", "limit")).isEqualTo(-1);
        assertThat(number("limit", "limit")).isEqualTo(-1);
        assertThat(number("", "limit")).isEqualTo(-1);
    }

    @Test
    void gapsMayBeTabsAndWide() {
        assertThat(number("oom_kill \t 2\n", "oom_kill")).isEqualTo(2);
        assertThat(number("a 1 2\n", "a")).isEqualTo(1);
    }
}
