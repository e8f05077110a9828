package io.darsena.bridge.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonWordsTest {

    @Test
    void aListOfTextsIsRead() {
        assertThat(JsonWords.read("[]")).contains(List.of());
        assertThat(JsonWords.read("[ ] ")).contains(List.of());
        assertThat(JsonWords.read("[\"a\",\"\" , \"b c\"]")).contains(List.of("a", "", "b c"));
        assertThat(JsonWords.read("[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e8\"]")).contains(List.of("\"\\/\b\f\n\r\tè"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[",
                "[,]",
                "[\"a\",]",
                "[\"a\"",
                "[\"a\"] x",
                "[ -e x ]",
                "['a']",
                "[\"\\x\"]",
                "[\"\\u12\"]"
            })
    void whatIsNoListIsToldApart(String text) {
        assertThat(JsonWords.read(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1]", "[\"a\", null]", "[true, \"a\"]", "[-1.5e3]"})
    void aListOfSomethingElseIsRefused(String text) {
        assertThatThrownBy(() -> JsonWords.read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("only texts");
    }
}
