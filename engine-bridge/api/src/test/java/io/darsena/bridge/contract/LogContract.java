package io.darsena.bridge.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.LogQuery;
import io.darsena.bridge.container.LogRecord;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// What is read of logs.
interface LogContract extends ContractSubject {
    @Test
    default void theStreamsOfALogAreApart() {
        ContainerId id = containers().create(spec("sh", "-c", "echo out; echo err >&2"));
        containers().start(id);
        containers().await(id);
        LogCollector both = new LogCollector();
        containers().logs(id, LogQuery.ALL, both);
        both.awaitEnd();
        assertThat(both.all())
                .anyMatch(record -> record.line().equals("out") && record.stream() == LogRecord.Stream.STDOUT)
                .anyMatch(record -> record.line().equals("err") && record.stream() == LogRecord.Stream.STDERR)
                .hasSize(2);
        LogCollector errors = new LogCollector();
        containers().logs(id, LogQuery.ALL.withStreams(false, true), errors);
        assertThat(errors.awaitEnd()).containsExactly("err");
    }

    @Test
    default void theTailOfALogIsItsLastRecords() {
        ContainerId id = containers().create(spec("seq", "500"));
        containers().start(id);
        containers().await(id);
        LogCollector tail = new LogCollector();
        containers().logs(id, LogQuery.ALL.withTail(3), tail);
        assertThat(tail.awaitEnd()).containsExactly("498", "499", "500");
        LogCollector none = new LogCollector();
        containers().logs(id, LogQuery.ALL.withTail(0), none);
        assertThat(none.awaitEnd()).isEmpty();
        LogCollector late = new LogCollector();
        containers().logs(id, LogQuery.ALL.withSince(Instant.now().plusSeconds(60)), late);
        assertThat(late.awaitEnd()).isEmpty();
        LogCollector early = new LogCollector();
        containers().logs(id, LogQuery.ALL.withUntil(Instant.EPOCH), early);
        assertThat(early.awaitEnd()).isEmpty();
        LogCollector all = new LogCollector();
        containers()
                .logs(id, LogQuery.ALL.withUntil(Instant.now().plusSeconds(60)).withTail(1), all);
        assertThat(all.awaitEnd()).containsExactly("500");
    }

    @Test
    default void aFollowedLogGoesOnAcrossRunsAndEndsWithTheContainer() {
        ContainerId id = containers().create(spec("sh", "-c", "echo hello"));
        LogCollector collector = new LogCollector();
        containers().logs(id, LogQuery.ALL.withFollow(true), collector);
        containers().start(id);
        containers().await(id);
        collector.awaitLine("hello");
        containers().start(id);
        containers().await(id);
        containers().remove(id);
        assertThat(collector.awaitEnd()).containsExactly("hello", "hello");
    }

    /// Some end before the command that starts them does.
    @Test
    default void shortRunsAreFollowedToTheirEnd() {
        for (int round = 0; round < 40; round++) {
            ContainerId id = containers().create(spec("sh", "-c", "echo one; echo two"));
            LogCollector collector = new LogCollector();
            containers().logs(id, LogQuery.ALL.followedUntilExit(), collector);
            containers().start(id);
            assertThat(collector.awaitEnd()).as("round " + round).containsExactly("one", "two");
            containers().await(id);
            containers().remove(id);
        }
    }

    @Test
    default void aLogFollowedUntilTheExitIsWhole() {
        ContainerId id = containers().create(spec("seq", "2000"));
        LogCollector collector = new LogCollector();
        containers().logs(id, LogQuery.ALL.followedUntilExit(), collector);
        containers().start(id);
        assertThat(collector.awaitEnd()).hasSize(2000).endsWith("2000");
    }
}
