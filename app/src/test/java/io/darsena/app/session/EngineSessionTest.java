package io.darsena.app.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.container.Containers;
import io.darsena.bridge.error.DeniedException;
import io.darsena.bridge.error.UnavailableException;
import io.darsena.bridge.fake.FakeEngine;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EngineSessionTest {

    private final WindowThread window = new WindowThread();
    private final FakeEngine engine = new FakeEngine(FakeEngine.ROOTFUL, Duration.ofMillis(20));
    private final Containers containers = engine.containers();
    private final EngineSession session = new EngineSession(window.pump());

    @AfterEach
    void close() {
        window.run(session::close);
        window.close();
    }

    private void open() {
        window.run(() -> session.open(() -> engine));
        window.until(() -> session.stage().get() instanceof EngineStage.Open);
    }

    @Test
    void itBeginsWithWhatIsThereAndFollowsWhatChanges() {
        ContainerId before = containers.create(ContainerSpec.of(FakeEngine.STARTER));
        open();
        window.until(() ->
                session.containers().containsKey(before) && session.images().size() == 1);
        ContainerId after = containers.create(ContainerSpec.of(FakeEngine.STARTER));
        containers.start(after);
        window.until(() -> session.containers().containsKey(after)
                && session.containers().get(after).status() == ContainerStatus.RUNNING);
        containers.remove(before);
        window.until(() -> !session.containers().containsKey(before));
    }

    @Test
    void whoRanAContainerHearsOfItWhenTheSessionKnowsThatItWasStarted() {
        open();
        ContainerId id = containers.create(ContainerSpec.of(FakeEngine.STARTER));
        window.until(() -> session.containers().containsKey(id));
        boolean[] heard = {false};
        window.run(() -> session.whenStarted(
                id,
                () -> heard[0] =
                        Objects.requireNonNull(session.containers().get(id)).status() == ContainerStatus.RUNNING));
        assertThat(window.doing(() -> heard[0])).as("before its start").isFalse();
        containers.start(id);
        window.until(() -> heard[0]);
    }

    @Test
    void aContainerThatIsGoneAlreadyKeepsNobodyWaiting() {
        open();
        ContainerId id = containers.create(ContainerSpec.of(FakeEngine.STARTER));
        window.until(() -> session.containers().containsKey(id));
        containers.remove(id);
        window.until(() -> !session.containers().containsKey(id));
        boolean[] heard = {false};
        window.run(() -> session.whenStarted(id, () -> heard[0] = true));
        assertThat(window.doing(() -> heard[0])).isTrue();
    }

    @Test
    void metricsArriveForWhatRunsAndTheirHistoryGrows() {
        ContainerId id = containers.create(ContainerSpec.of(FakeEngine.STARTER));
        containers.start(id);
        open();
        window.until(() -> session.metrics().history(id).length() > 3);
        assertThat(window.doing(() -> session.metrics().newest(id))).isPresent();
        assertThat(window.doing(() -> session.metrics().totalMemory())).isPositive();
    }

    @Test
    void aFailureToOpenIsToldAndCanBeTriedAgain() {
        boolean[] ready = {false};
        window.run(() -> session.open(() -> {
            if (!ready[0]) {
                throw new DeniedException("open", "the engine", "user namespaces are forbidden", "allow them");
            }
            return engine;
        }));
        window.until(() -> session.stage().get() instanceof EngineStage.Failed);
        assertThatThrownBy(session::engine).isInstanceOf(UnavailableException.class);
        ready[0] = true;
        window.run(session::reopen);
        window.until(() -> session.stage().get() instanceof EngineStage.Open);
    }

    @Test
    void anEngineOutOfReachIsToldUntilItIsBackWithWhatIsThereThen() {
        open();
        ContainerId id = containers.create(ContainerSpec.of(FakeEngine.STARTER));
        window.until(() -> session.containers().containsKey(id));
        engine.goOutOfReach("darsena serve has ended");
        window.until(() -> session.unreachable().get().equals(Optional.of("darsena serve has ended")));
        assertThat(window.doing(() -> session.containers().containsKey(id))).isTrue();
        engine.comeBack();
        window.until(() -> session.unreachable().get().isEmpty());
        assertThat(window.doing(() -> session.containers().containsKey(id))).isTrue();
    }

    @Test
    void anEngineThatOpensAfterTheWindowWasClosedIsLetGo() {
        window.run(() -> {
            session.close();
            session.open(() -> engine);
        });
        window.until(() -> session.containers().isEmpty());
        assertThat(window.doing(() -> session.stage().get())).isInstanceOf(EngineStage.Opening.class);
    }
}
