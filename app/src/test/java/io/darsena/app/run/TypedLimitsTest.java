package io.darsena.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypedLimitsTest {

    @ParameterizedTest
    @CsvSource({
        "256m, 268435456",
        "256M, 268435456",
        "256 MB, 268435456",
        "256MiB, 268435456",
        "256, 268435456",
        "1g, 1073741824",
        "1.5g, 1610612736",
        "'1,5 GB', 1610612736",
        "8192k, 8388608",
        "8388608b, 8388608"
    })
    void memoryIsReadAsPeopleWriteIt(String typed, long bytes) {
        assertThat(TypedLimits.memory(typed)).hasValue(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"m", "-1m", "1x", "1 m m", "0x10", "1e3", "999999999999g", "NaN"})
    void whatIsNoSizeIsRefused(String typed) {
        assertThat(TypedLimits.memory(typed)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0.5, 0.5", "'0,5', 0.5", "2, 2"})
    void coresAreReadWithPointAndComma(String typed, double cores) {
        assertThat(TypedLimits.cpus(typed)).hasValue(cores);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "half", "1.", "NaN", "1e2"})
    void whatIsNoNumberOfCoresIsRefused(String typed) {
        assertThat(TypedLimits.cpus(typed)).isEmpty();
    }
}
