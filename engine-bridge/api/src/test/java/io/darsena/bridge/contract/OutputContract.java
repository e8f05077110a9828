package io.darsena.bridge.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.Subscription;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.LogRecord.Stream;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What who is attached to a container gets of its output.
interface OutputContract extends ContractSubject {

    Set<Stream> BOTH = EnumSet.allOf(Stream.class);

    @Test
    default void whoIsAttachedBeforeTheStartGetsEveryByteOfTheRunAndNoMore() {
        ContainerId id = containers().create(spec("sh", "-c", "echo one; echo two >&2; echo three"));
        OutputCollector first = new OutputCollector();
        OutputCollector errors = new OutputCollector();
        try (Subscription whole = containers().attach(id, BOTH, first);
                Subscription half = containers().attach(id, EnumSet.of(Stream.STDERR), errors)) {
            containers().start(id);
            containers().await(id);
            assertThat(first.awaitEnd().out()).isEqualTo("one\nthree\n");
            assertThat(first.err()).isEqualTo("two\n");
            assertThat(errors.awaitEnd().err()).isEqualTo("two\n");
            assertThat(errors.out()).isEmpty();
            containers().start(id);
            containers().await(id);
            assertThat(first.out()).isEqualTo("one\nthree\n");
        }
    }

    @Test
    default void manyLinesComeWholeAndInOrder() {
        ContainerId id = containers().create(spec("seq", "20000"));
        OutputCollector output = new OutputCollector();
        try (Subscription attached = containers().attach(id, BOTH, output)) {
            containers().start(id);
            output.awaitEnd();
        }
        String expected =
                IntStream.rangeClosed(1, 20_000).mapToObj(line -> line + "\n").collect(Collectors.joining());
        assertThat(output.out()).isEqualTo(expected);
    }

    @Test
    default void theRemovalOfOneThatNeverRanEndsTheWait() {
        ContainerId id = containers().create(spec("true"));
        OutputCollector output = new OutputCollector();
        try (Subscription attached = containers().attach(id, BOTH, output)) {
            containers().remove(id);
            assertThat(output.awaitEnd().out()).isEmpty();
        }
    }

    @Test
    default void whoLeavesBeforeTheStartIsNotWaitedFor() {
        ContainerId id = containers().create(spec("sh", "-c", "echo alone"));
        containers().attach(id, BOTH, new OutputCollector()).close();
        containers().start(id);
        assertThat(containers().await(id).code()).isZero();
    }
}
