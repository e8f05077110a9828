package io.darsena.bridge.contract;

import static io.darsena.bridge.container.ContainerStatus.REMOVING;
import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.Subscription;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.event.EngineEvent;
import io.darsena.bridge.event.EngineEvent.ContainerAction;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What subscribers hear.
interface EventContract extends ContractSubject {
    @Test
    default void aSubscriptionBeginsWithWhatIsThere() {
        ContainerId id = containers().create(spec("true"));
        try (Recorder recorder = new Recorder(engine())) {
            recorder.await(event -> true);
            assertThat(recorder.events().getFirst()).isInstanceOfSatisfying(EngineEvent.Snapshot.class, snapshot -> {
                assertThat(snapshot.containers()).extracting(Container::id).containsExactly(id);
                assertThat(snapshot.images()).isNotEmpty();
            });
        }
    }

    @Test
    default void theEventsOfALifeComeInOrder() {
        try (Recorder recorder = new Recorder(engine())) {
            ContainerId id = containers().create(ContainerSpec.of(image()).withCommand(ENDLESS));
            containers().start(id);
            awaitReady(id);
            containers().stop(id);
            containers().rename(id, "renamed-once");
            containers().remove(id);
            recorder.awaitRemoved(id);
            List<ContainerAction> actions = recorder.changes(id).stream()
                    .map(EngineEvent.ContainerChanged::action)
                    .filter(action -> action != ContainerAction.ACTIVITY)
                    .toList();
            assertThat(actions)
                    .containsExactly(
                            ContainerAction.CREATE,
                            ContainerAction.START,
                            ContainerAction.DIE,
                            ContainerAction.STOP,
                            ContainerAction.RENAME);
            List<Container> told = recorder.changes(id).stream()
                    .map(EngineEvent.ContainerChanged::container)
                    .toList();
            assertThat(told.getLast().status()).isEqualTo(REMOVING);
            assertThat(told)
                    .anyMatch(container -> container.activity().equals(Optional.of(Container.Activity.STARTING)));
            assertThat(told)
                    .anyMatch(container -> container.activity().equals(Optional.of(Container.Activity.STOPPING)));
            // What the background sync tells meanwhile is of no container.
            assertThat(recorder.events())
                    .filteredOn(event -> !(event instanceof EngineEvent.SyncChanged))
                    .last()
                    .isInstanceOf(EngineEvent.ContainerRemoved.class);
        }
    }

    @Test
    default void aSubscriberThatDoesNotReturnDelaysNoCommand() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (Subscription stuck = engine().subscribe(event -> await(release))) {
            ContainerId id = containers().create(spec("true"));
            containers().start(id);
            assertThat(containers().await(id).code()).isZero();
            release.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    default void noEventComesAfterAClosedSubscription() throws Exception {
        Recorder recorder = new Recorder(engine());
        recorder.await(event -> true);
        recorder.close();
        int before = recorder.events().size();
        containers().create(spec("true"));
        Thread.sleep(100);
        assertThat(recorder.events()).hasSize(before);
    }
}
