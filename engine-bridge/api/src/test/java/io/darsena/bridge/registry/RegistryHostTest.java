package io.darsena.bridge.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryHostTest {

    @ParameterizedTest
    @CsvSource({
        "https://index.docker.io/v1/, docker.io",
        "Registry-1.docker.io, docker.io",
        "https://GHCR.io:443/v2/, ghcr.io",
        "localhost:65535, localhost:65535",
        "[::1]:5000, [::1]:5000",
        "10.0.0.7:5000, 10.0.0.7:5000",
    })
    void whatIsTypedIsUnderstood(String typed, String meant) {
        assertThat(RegistryHost.parse(typed).name()).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ghcr.io:65536", "team.1", "[::::]:5000", "ghcr.io:99999999999999999999"})
    void whatNoConnectionCanBeMadeToIsRefusedWithTheReason(String typed) {
        assertThatThrownBy(() -> RegistryHost.parse(typed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no host with a port up to 65535");
        assertThat(new RegistryHost(typed).isAddress()).isFalse();
    }
}
