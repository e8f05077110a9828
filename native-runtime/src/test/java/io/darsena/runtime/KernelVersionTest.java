package io.darsena.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelVersionTest {

    @ParameterizedTest
    @ValueSource(strings = {"6.8", "6.8.0-48-generic", "6.8-rc3", "6.8.12+deb\n"})
    void aReleaseIsReadUpToItsSecondNumber(String release) {
        assertThat(KernelVersion.parse(release)).isEqualTo(new KernelVersion(6, 8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "6", "six.eight", "-6.8", "99999999999.1"})
    void whatIsNoReleaseIsRejected(String release) {
        assertThatThrownBy(() -> KernelVersion.parse(release)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void numbersAreComparedAsNumbers() {
        assertThat(new KernelVersion(5, 15).atLeast(new KernelVersion(5, 4))).isTrue();
        assertThat(new KernelVersion(4, 20).atLeast(new KernelVersion(5, 1))).isFalse();
        assertThat(new KernelVersion(5, 1).atLeast(new KernelVersion(5, 1))).isTrue();
    }
}
