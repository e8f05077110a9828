package io.darsena.app.containers.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.LogConsumer;
import io.darsena.bridge.container.LogQuery;
import io.darsena.bridge.error.FailedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LogFileTest {

    private static final ContainerId ID = new ContainerId("a".repeat(64));

    @TempDir
    private Path folder;

    private static LogsViewModel.Source source(LogQuery expected) {
        return (id, query, consumer) -> {
            assertThat(query).isEqualTo(expected);
            deliver(consumer);
            return () -> {};
        };
    }

    private static void deliver(LogConsumer consumer) {
        consumer.records(List.of(
                KeptLinesTest.record("\u001b[31mred\u001b[0m", false, false),
                KeptLinesTest.record("long ", false, true)));
        consumer.records(List.of(KeptLinesTest.record("line", false, false)));
        consumer.ended();
    }

    @Test
    void theLogIsSavedAsItWasWritten() throws Exception {
        Path file = Files.writeString(folder.resolve("web.log"), "what stood here");
        long lines = LogFile.save(source(LogQuery.ALL), ID, LogStreams.BOTH, false, file);
        assertThat(lines).isEqualTo(2);
        assertThat(file).content().isEqualTo("\u001b[31mred\u001b[0m\nlong line\n");
        assertThat(folder).isDirectoryContaining(path -> path.equals(file));
        assertThat(folder.toFile().list()).hasSize(1);
    }

    @Test
    void theTimeIsOncePerLineAndOnlyTheChosenStreamIsAskedFor() throws Exception {
        Path file = folder.resolve("web.log");
        LogFile.save(source(LogQuery.ALL.withStreams(false, true)), ID, LogStreams.STDERR, true, file);
        assertThat(file)
                .content()
                .isEqualTo("2026-01-02T03:04:05.678Z \u001b[31mred\u001b[0m\n2026-01-02T03:04:05.678Z long line\n");
    }

    @Test
    void aPlaceThatIsNotThereIsRefusedWithTheReason() {
        Path file = folder.resolve("nowhere/web.log");
        assertThatThrownBy(() -> LogFile.save(source(LogQuery.ALL), ID, LogStreams.BOTH, false, file))
                .isInstanceOf(FailedException.class)
                .hasMessageStartingWith("cannot save log to " + file);
    }

    @Test
    void whatStoodInTheFileStaysWhenReadingFails() throws Exception {
        Path file = Files.writeString(folder.resolve("web.log"), "before");
        LogsViewModel.Source broken = (id, query, consumer) -> {
            consumer.failed(new IllegalStateException("gone"));
            return () -> {};
        };
        assertThatThrownBy(() -> LogFile.save(broken, ID, LogStreams.BOTH, false, file))
                .hasMessage("gone");
        assertThat(file).content().isEqualTo("before");
        assertThat(folder.toFile().list()).hasSize(1);
    }
}
