package io.darsena.engine.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.engine.sync.Network.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DesktopNetworkTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "u 70|u 1, METERED",
        "u 70|u 3, METERED",
        "u 70|u 2, UNMETERED",
        "u 70|u 4, UNMETERED",
        "u 70|u 0, UNKNOWN",
        "u 0|u 0, UNKNOWN",
        "u 20|u 4, OFFLINE",
        "u 40|u 1, OFFLINE",
        "u 50|u 4, UNMETERED",
        "'', UNKNOWN",
        "u 70, UNKNOWN",
        "nonsense|u 1, UNKNOWN",
        "u 99999999999|u 1, UNKNOWN",
    })
    void whatNetworkManagerSaysIs(String lines, State state) {
        assertThat(DesktopNetwork.ofDesktop(lines.split("\\|"))).isEqualTo(state);
    }

    @Test
    void aProgramThatSaysNothingOrFailsLeavesItUnknownOrOffline() throws Exception {
        Path program = directory.resolve("busctl");
        Files.writeString(program, "#!/bin/sh\nexit 1\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        assertThat(new DesktopNetwork(Map.of("PATH", directory.toString())).state())
                .isIn(State.UNKNOWN, State.OFFLINE);
        assertThat(new DesktopNetwork(Map.of("PATH", "/nonexistent")).state()).isIn(State.UNKNOWN, State.OFFLINE);
    }
}
