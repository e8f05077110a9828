package io.darsena.engine.container.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A rotation is seen at every moment of it.
class LogFilesTest {

    @TempDir
    private Path directory;

    private void have(String... names) throws IOException {
        for (String name : names) {
            Files.writeString(directory.resolve(name), name + "\n");
        }
    }

    private int opened(Optional<LogSegment> known) throws IOException {
        List<LogSegment> segments = new LogFiles(directory).open(known);
        for (LogSegment segment : segments) {
            segment.close();
        }
        return segments.size();
    }

    @Test
    void aNumberThatIsNobodysForAMomentHidesNothing() throws IOException {
        have("log", "log.1", "log.3", "log.4");
        assertThat(opened(Optional.empty())).isEqualTo(4);
        have("log.2");
        Files.delete(directory.resolve("log"));
        assertThat(opened(Optional.empty())).isEqualTo(4);
    }

    @Test
    void aFileBehindSuchANumberIsStillThere() throws IOException {
        have("log", "log.2");
        try (LogSegment older = LogSegment.open(directory.resolve("log.2")).orElseThrow()) {
            assertThat(new LogFiles(directory).holds(older)).isTrue();
            assertThat(opened(Optional.of(older))).isEqualTo(1);
            Files.delete(directory.resolve("log.2"));
            assertThat(new LogFiles(directory).holds(older)).isFalse();
        }
    }
}
