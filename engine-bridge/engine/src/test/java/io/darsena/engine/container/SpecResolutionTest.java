package io.darsena.engine.container;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.error.InvalidRequestException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpecResolutionTest {

    @Test
    void whatNoMessageToTheRuntimeHoldsIsRefusedWhenItIsCreated() {
        List<String> much = Collections.nCopies(800, "x".repeat(1000));

        assertThatCode(() -> SpecResolution.requireRoom("web", much.subList(0, 700), List.of("A=b")))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> SpecResolution.requireRoom("web", List.of("true"), much))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("web")
                .hasMessageContaining("shorten");
    }
}
