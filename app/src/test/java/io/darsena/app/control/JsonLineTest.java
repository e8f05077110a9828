package io.darsena.app.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.control.JsonLine.Kind;
import io.darsena.app.control.JsonLine.Part;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class JsonLineTest {

    @Test
    void keysStringsNumbersAndWordsAreToldApart() {
        assertThat(JsonLine.of("  \"Pid\" : 4721, \"Up\" : true, \"Name\" : \"a \\\" b: c\"")
                        .parts())
                .filteredOn(part -> part.kind() != Kind.PLAIN)
                .containsExactly(
                        new Part(Kind.KEY, "\"Pid\""),
                        new Part(Kind.NUMBER, "4721"),
                        new Part(Kind.KEY, "\"Up\""),
                        new Part(Kind.WORD, "true"),
                        new Part(Kind.KEY, "\"Name\""),
                        new Part(Kind.STRING, "\"a \\\" b: c\""));
    }

    @Property
    void thePartsTogetherAreTheLine(@ForAll String text) {
        assertThat(JsonLine.of(text).parts().stream().map(Part::text).collect(Collectors.joining()))
                .isEqualTo(text);
    }
}
