package io.darsena.bridge.fake;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.Subscription;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.container.LogQuery;
import io.darsena.bridge.contract.LogCollector;
import io.darsena.bridge.error.FailedException;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class FakeEngineTest {

    private final FakeEngine engine = new FakeEngine();

    @Test
    void theStarterRunsOnAndEndsWithZeroOnTerm() {
        ContainerId id = engine.containers().create(ContainerSpec.of(FakeEngine.STARTER));
        engine.containers().start(id);
        assertThat(engine.containers().container(id).status()).isEqualTo(ContainerStatus.RUNNING);
        // Its trap is set before its first line; a first process without one does not hear TERM.
        LogCollector collector = new LogCollector();
        try (Subscription logs = engine.containers().logs(id, LogQuery.ALL.withFollow(true), collector)) {
            collector.awaitLine("Darsena is at work");
        }
        engine.containers().stop(id);
        assertThat(engine.containers().await(id).code()).isZero();
    }

    @Test
    void aFailureIsMetOnce() {
        ContainerId id = engine.containers().create(ContainerSpec.of(FakeEngine.STARTER));
        engine.failNext("start", new FailedException("start", "container x", "the test wants it", ""));
        Assertions.assertThatThrownBy(() -> engine.containers().start(id)).isInstanceOf(FailedException.class);
        engine.containers().start(id);
        engine.containers().forceRemove(id);
        assertThat(engine.containers().list()).isEmpty();
    }

    @Test
    void scriptsDoWhatAShellWouldDo() {
        ContainerSpec spec = ContainerSpec.of(FakeEngine.STARTER)
                .withCommand(List.of("sh", "-c", "echo to stderr >&2; trap 'exit 4' TERM; sleep 0.01; exit 3"));
        ContainerId id = engine.containers().create(spec);
        engine.containers().start(id);
        assertThat(engine.containers().await(id).code()).isEqualTo(3);
    }
}
