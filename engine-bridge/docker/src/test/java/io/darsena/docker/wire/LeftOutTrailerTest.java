package io.darsena.docker.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LeftOutTrailerTest {

    @Test
    void whatIsNoNumberIsNone() {
        assertThat(LeftOutTrailer.read("12")).isEqualTo(12);
        for (String other : List.of("", "-1", "+1", "1 ", "x", "9".repeat(19))) {
            assertThat(LeftOutTrailer.read(other)).as(other).isZero();
        }
    }
}
