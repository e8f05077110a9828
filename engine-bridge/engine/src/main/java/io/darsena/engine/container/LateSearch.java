package io.darsena.engine.container;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Looks again for containers whose monitors did not answer when the engine opened, until each is found. Begun and
/// closed by whoever opens and closes the engine.
final class LateSearch implements AutoCloseable {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private volatile Optional<Thread> thread = Optional.empty();

    void begin(Collection<ContainerLifecycle> unfound) {
        if (!unfound.isEmpty()) {
            Set<ContainerLifecycle> left = new HashSet<>(unfound);
            thread = Optional.of(Thread.ofVirtual().name("late search").start(() -> search(left)));
        }
    }

    private static void search(Set<ContainerLifecycle> left) {
        try {
            for (Duration pause = FIRST_PAUSE; !left.isEmpty(); pause = longer(pause)) {
                Thread.sleep(pause);
                left.removeIf(lifecycle -> lifecycle.isDetached() || lifecycle.reconcileAgain());
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }

    /// Does not wait for an answer that is waited for just now: what it brings counts no more.
    @Override
    public void close() {
        thread.ifPresent(Thread::interrupt);
    }
}
