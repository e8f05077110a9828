package io.darsena.engine.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.Subscription;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.event.EngineEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EventHubTest {

    private final EventHub hub = new EventHub();

    private static EngineEvent numbered(int number) {
        return new EngineEvent.ContainerRemoved(
                new ContainerId(String.format("%064x", number)), "c" + number, Instant.EPOCH);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void eachSubscriberHearsEverythingInOrder() {
        List<EngineEvent> heard = new ArrayList<>();
        CountDownLatch all = new CountDownLatch(501);
        try (Subscription subscription = hub.subscribe(event -> {
            heard.add(event);
            all.countDown();
        })) {
            for (int number = 0; number < 500; number++) {
                hub.emit(numbered(number));
            }
            await(all);
        }
        assertThat(heard.getFirst()).isInstanceOf(EngineEvent.Snapshot.class);
        for (int number = 0; number < 500; number++) {
            assertThat(heard.get(number + 1)).isEqualTo(numbered(number));
        }
    }

    @Test
    void oneThatFallsFarBehindGetsASnapshotAndGoesOn() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch last = new CountDownLatch(1);
        List<EngineEvent> heard = new ArrayList<>();
        try (Subscription subscription = hub.subscribe(event -> {
            heard.add(event);
            begun.countDown();
            await(release);
            if (event.equals(numbered(-1 & 0xffff))) {
                last.countDown();
            }
        })) {
            await(begun);
            for (int number = 0; number < EventHub.LONGEST_QUEUE * 3; number++) {
                hub.emit(numbered(number));
            }
            release.countDown();
            long deadline = System.nanoTime() + 10_000_000_000L;
            while (last.getCount() > 0 && System.nanoTime() < deadline) {
                hub.emit(numbered(-1 & 0xffff));
                Thread.onSpinWait();
            }
            await(last);
        }
        assertThat(heard).hasSizeLessThan(EventHub.LONGEST_QUEUE * 3);
        assertThat(heard.stream().filter(EngineEvent.Snapshot.class::isInstance))
                .hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void oneThatThrowsHearsTheNextEventAllTheSame() {
        CountDownLatch two = new CountDownLatch(2);
        try (Subscription subscription = hub.subscribe(event -> {
            two.countDown();
            throw new IllegalStateException("on purpose");
        })) {
            hub.emit(numbered(1));
            await(two);
        }
    }

    @Test
    void closingWithinItsOwnCallIsPossible() throws Exception {
        AtomicReference<Subscription> own = new AtomicReference<>();
        CountDownLatch known = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        List<EngineEvent> heard = new ArrayList<>();
        own.set(hub.subscribe(event -> {
            heard.add(event);
            await(known);
            own.get().close();
            closed.countDown();
        }));
        known.countDown();
        await(closed);
        hub.emit(numbered(1));
        Thread.sleep(50);
        assertThat(heard).hasSize(1);
    }
}
