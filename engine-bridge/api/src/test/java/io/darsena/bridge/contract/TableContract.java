package io.darsena.bridge.contract;

import static io.darsena.bridge.container.ContainerStatus.CREATED;
import static io.darsena.bridge.container.ContainerStatus.EXITED;
import static io.darsena.bridge.container.ContainerStatus.PAUSED;
import static io.darsena.bridge.container.ContainerStatus.REMOVING;
import static io.darsena.bridge.container.ContainerStatus.RESTARTING;
import static io.darsena.bridge.container.ContainerStatus.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.container.Lifecycle;
import io.darsena.bridge.container.Lifecycle.Trigger;
import io.darsena.bridge.container.LifecycleRefusal;
import io.darsena.bridge.error.ConflictException;
import io.darsena.bridge.error.NotFoundException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every request in every state does what the one table says.
interface TableContract extends ContractSubject {
    @TestFactory
    default Stream<DynamicTest> everyRequestInEveryStateDoesWhatTheTableSays() {
        return states().stream()
                .flatMap(from -> Arrays.stream(Trigger.values())
                        .filter(Trigger::isRequest)
                        .map(trigger -> DynamicTest.dynamicTest(from + " " + trigger, () -> requestIn(from, trigger))));
    }

    private void requestIn(ContainerStatus from, Trigger trigger) throws Exception {
        boolean pauses = from == PAUSED || trigger == Trigger.PAUSE && from == RUNNING;
        Assumptions.assumeTrue(canPause() || !pauses, "this host has no freezer");
        ContainerId id = containers().create(ContainerSpec.of(image()).withCommand(ENDLESS));
        try (AutoCloseable release = bring(id, from)) {
            assertThat(status(id)).isEqualTo(from);
            Optional<ContainerStatus> target = Lifecycle.target(from, trigger);
            if (target.isPresent()) {
                requestThatIsPossible(id, trigger, release);
            } else if (LifecycleRefusal.isAlreadySo(from, trigger)) {
                request(id, trigger);
                assertThat(status(id)).isEqualTo(from);
            } else {
                assertThatThrownBy(() -> request(id, trigger))
                        .isInstanceOf(ConflictException.class)
                        .hasMessageContaining("it is " + from.name().toLowerCase(Locale.ROOT))
                        .hasMessageContaining("; ");
                assertThat(status(id)).isEqualTo(from);
            }
        } finally {
            clearAway(id);
        }
    }

    private void clearAway(ContainerId id) throws InterruptedException {
        Optional<Container> left = containers().find(id.hex());
        while (left.isPresent()) {
            if (left.get().status() == REMOVING) {
                Thread.sleep(5);
            } else {
                forceRemoveUnlessGone(id);
            }
            left = containers().find(id.hex());
        }
    }

    /// A removal that was let go may be faster.
    private void forceRemoveUnlessGone(ContainerId id) {
        try {
            containers().forceRemove(id);
        } catch (NotFoundException gone) {
            assertThat(containers().find(id.hex())).isEmpty();
        }
    }

    /// A request may have to wait for what is held; then it is let go.
    private void requestThatIsPossible(ContainerId id, Trigger trigger, AutoCloseable release) throws Exception {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                request(id, trigger);
            } catch (RuntimeException | AssertionError thrown) {
                failure.set(thrown);
            }
        });
        Thread.sleep(50);
        release.close();
        thread.join(Duration.ofSeconds(30));
        assertThat(thread.isAlive()).isFalse();
        assertThat(failure.get()).isNull();
        Optional<ContainerStatus> after = containers().find(id.hex()).map(Container::status);
        Optional<ContainerStatus> expected = switch (trigger) {
            case START, RESUME, RESTART -> Optional.of(RUNNING);
            case PAUSE -> Optional.of(PAUSED);
            case STOP, KILL -> Optional.of(EXITED);
            default -> Optional.empty();
        };
        assertThat(after).isEqualTo(expected);
    }

    /// @return lets go of a state that is held
    private AutoCloseable bring(ContainerId id, ContainerStatus status) throws Exception {
        switch (status) {
            case CREATED -> {}
            case RUNNING, PAUSED, EXITED -> {
                containers().start(id);
                awaitReady(id);
                if (status == PAUSED) {
                    containers().pause(id);
                } else if (status == EXITED) {
                    containers().stop(id);
                }
            }
            case RESTARTING, REMOVING, DEAD -> {
                return hold(engine(), id, status)
                        .orElseThrow(() -> new AssertionError("this engine cannot be kept in " + status));
            }
        }
        return () -> {};
    }
}
