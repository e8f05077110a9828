package io.darsena.docker.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformWordTest {

    @ParameterizedTest
    @CsvSource({
        "linux/amd64, linux/amd64",
        "Linux/AMD64, linux/amd64",
        "arm64, linux/arm64",
        "aarch64, linux/arm64",
        "linux/x86_64, linux/amd64",
        "armhf, linux/arm/v7",
        "linux/arm/v6, linux/arm/v6",
        "plan9/mips, plan9/mips"
    })
    void itIsReadAsContainerdReadsIt(String given, String read) {
        assertThat(PlatformWord.parse(given)).isEqualTo(read);
    }

    @Test
    void aSystemAloneIsThisMachines() {
        assertThat(PlatformWord.parse("linux")).matches("linux/[a-z0-9]+").isNotEqualTo("linux/x86_64");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "linux/", "/amd64", "linux/amd64/v1/x", "marsupial", "lin ux/amd64", "linux/ä"})
    void whatIsNoPlatformIsRefused(String given) {
        assertThatThrownBy(() -> PlatformWord.parse(given)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PlatformWord.parse("x".repeat(100_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .hasSizeLessThan(300);
    }

    @Test
    void aVariantCountsWhereBothTellOne() {
        assertThat(PlatformWord.fits("linux/arm64", "linux/arm64/v8")).isTrue();
        assertThat(PlatformWord.fits("linux/arm/v7", "linux/arm/v6")).isFalse();
        assertThat(PlatformWord.fits("linux/arm64", "linux/amd64")).isFalse();
    }
}
