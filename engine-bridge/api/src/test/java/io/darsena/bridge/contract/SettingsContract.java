package io.darsena.bridge.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.EngineDescription;
import io.darsena.bridge.container.LogLimits;
import io.darsena.bridge.event.EngineEvent;
import io.darsena.bridge.settings.EngineSettings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What a person sets of an engine.
interface SettingsContract extends ContractSubject {

    @Test
    default void theEngineTellsWhereItKeepsWhat() {
        EngineDescription told = engine().description();
        assertThat(Stream.concat(
                        Stream.of(told.dataRoot()),
                        Stream.of(told.configRoot(), told.runRoot()).flatMap(Optional::stream)))
                .hasSize(3)
                .doesNotHaveDuplicates()
                .allMatch(Path::isAbsolute);
    }

    @Test
    default void settingsBeginAtTheirDefaultsAndChangeAsAWhole() {
        assertThat(engine().settings()).isEqualTo(EngineSettings.DEFAULT);
        EngineSettings wanted = engine().settings().withLogs(new LogLimits(1_000_000, 5));
        try (Recorder recorder = new Recorder(engine())) {
            engine().change(wanted);
            assertThat(engine().settings()).isEqualTo(wanted);
            engine().change(wanted);
            engine().change(EngineSettings.DEFAULT);
            recorder.await(event -> settings(event).equals(Optional.of(EngineSettings.DEFAULT))
                    && event instanceof EngineEvent.SettingsChanged);
            assertThat(recorder.events().stream().flatMap(event -> settings(event).stream()))
                    .containsExactly(EngineSettings.DEFAULT, wanted, EngineSettings.DEFAULT);
        }
    }

    private static Optional<EngineSettings> settings(EngineEvent event) {
        return switch (event) {
            case EngineEvent.Snapshot snapshot -> Optional.of(snapshot.settings());
            case EngineEvent.SettingsChanged changed -> Optional.of(changed.settings());
            default -> Optional.empty();
        };
    }
}
