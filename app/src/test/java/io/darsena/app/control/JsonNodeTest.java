package io.darsena.app.control;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonNodeTest {

    @Test
    void aValueKnowsItsNameItsPlaceAndWhatItIs() {
        JsonNode root = JsonNode.of("{\"State\" : {\"Pid\": 42}, \"a b\": [true, \"x\\n\\u0041\"]}")
                .orElseThrow();
        JsonNode pid = root.children().getFirst().children().getFirst();
        assertThat(pid.name()).isEqualTo("Pid");
        assertThat(pid.path()).isEqualTo(".State.Pid");
        assertThat(pid.plain()).isEqualTo("42");
        JsonNode text = root.children().getLast().children().getLast();
        assertThat(text.path()).isEqualTo("[\"a b\"][1]");
        assertThat(text.plain()).isEqualTo("x\nA");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"a\"}", "[1,]", "tru", "\"open", "{\"a\":1} x", "\"\\u12G4\"", "nul"})
    void whatIsNoJsonHasNoTree(String text) {
        assertThat(JsonNode.of(text)).isEmpty();
    }

    @Test
    void nestingWithoutEndIsRefused() {
        assertThat(JsonNode.of("[".repeat(100_000))).isEmpty();
    }

    @Property
    void noTextBreaksIt(@ForAll String text) {
        JsonNode.of(text).ifPresent(node -> assertThat(node.plain()).isNotNull());
    }
}
