package io.darsena.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.registry.RegistryHost;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointsTest {

    @ParameterizedTest
    @CsvSource({
        "ghcr.io, ghcr.io ghcr.io:443",
        "ghcr.io:443, ghcr.io ghcr.io:443",
        "localhost:5000, localhost:5000",
        "[fe80::1], [fe80::1] [fe80::1]:443",
        "[fe80::1]:5000, [fe80::1]:5000",
    })
    void certificatesAreFoundWhicheverWayTheRegistryIsWritten(String registry, String directories) {
        assertThat(Endpoints.directories(Path.of("certs.d"), new RegistryHost(registry)))
                .extracting(each -> each.getFileName().toString())
                .containsExactly(directories.split(" "));
    }
}
