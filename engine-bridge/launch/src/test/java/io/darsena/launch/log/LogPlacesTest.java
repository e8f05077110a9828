package io.darsena.launch.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogPlacesTest {

    @Test
    void theStateDirectoryIsWhereXdgPutsIt() {
        assertThat(LogPlaces.directory("", Map.of("HOME", "/home/ada")))
                .isEqualTo(Path.of("/home/ada/.local/state/darsena"));
        assertThat(LogPlaces.directory("", Map.of("HOME", "/home/ada", "XDG_STATE_HOME", "/var/ada")))
                .isEqualTo(Path.of("/var/ada/darsena"));
        assertThat(LogPlaces.directory("", Map.of("HOME", "/home/ada", "XDG_STATE_HOME", "state")))
                .isEqualTo(Path.of("/home/ada/.local/state/darsena"));
    }

    @Test
    void whoKeepsEverythingBelowARootKeepsTheLogThere() {
        assertThat(LogPlaces.directory("/srv/one", Map.of("HOME", "/home/ada", "XDG_STATE_HOME", "/var/ada")))
                .isEqualTo(Path.of("/srv/one/state"));
    }

    @Test
    void logbackFindsIt() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        assertThat(context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).iteratorForAppenders())
                .toIterable()
                .as("standard error and the file")
                .hasSize(2);
    }
}
