package io.darsena.engine.container;

import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.Container.Activity;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerState;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.container.Lifecycle;
import io.darsena.bridge.container.Lifecycle.Trigger;
import io.darsena.bridge.container.LifecycleRefusal;
import io.darsena.bridge.error.EngineException;
import io.darsena.bridge.error.FailedException;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.event.EngineEvent.ContainerAction;
import io.darsena.bridge.event.EngineEvent.ContainerChanged;
import io.darsena.bridge.event.EngineEvent.ContainerRemoved;
import io.darsena.runtime.Sandbox;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where one container stands. Each change goes through the state table, is persisted, and then told.
///
/// `lock` guards every field. It is held for moments only; whoever waits for an end waits without it. What is needed
/// together is done within [#with]. Lock order: this one, the database's, the event hub's.
final class LifecycleState {

    private static final Logger LOG = LoggerFactory.getLogger(LifecycleState.class);

    private final ContainerSurroundings around;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();

    private volatile ContainerRecord record;
    private volatile Optional<Activity> activity = Optional.empty();
    private Optional<Sandbox> sandbox = Optional.empty();
    private Optional<Trigger> intent = Optional.empty();
    private Optional<ContainerState.Exited> lastEnd;
    private long ends;
    private volatile boolean gone;

    LifecycleState(ContainerSurroundings around, ContainerRecord record) {
        this.around = around;
        this.record = record;
        this.lastEnd = record.state() instanceof ContainerState.Exited exited ? Optional.of(exited) : Optional.empty();
    }

    /// Does several things as one.
    <T> T with(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    void change(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    ContainerId id() {
        return record.definition().id();
    }

    ContainerRecord record() {
        return record;
    }

    String name() {
        return record.name();
    }

    ContainerStatus status() {
        return record.status();
    }

    Container container() {
        return with(() -> record.container(activity));
    }

    boolean isGone() {
        return gone;
    }

    boolean isDoing(Activity what) {
        return activity.equals(Optional.of(what));
    }

    /// The process that runs, if one does.
    Optional<Sandbox> sandbox() {
        return with(() -> sandbox);
    }

    /// What somebody wants of the run that goes on, or of the restart.
    Optional<Trigger> intent() {
        return with(() -> intent);
    }

    void intend(Optional<Trigger> wish) {
        change(() -> {
            boolean fresh = !wish.equals(intent);
            intent = wish;
            if (fresh && sandbox.isPresent()) {
                wish.ifPresent(this::persist);
            }
        });
    }

    /// An engine that comes after a crash shall count the end of this run as this one would. A full disk keeps nobody
    /// from ending it.
    private void persist(Trigger wish) {
        try {
            around.rows().wish(id(), wish);
        } catch (EngineException failure) {
            LOG.warn("that container {} is to {} could not be noted", name(), wish, failure);
        }
    }

    /// Takes over what was asked of the run by an earlier engine.
    void inherit(Optional<Trigger> wish) {
        change(() -> intent = wish);
    }

    /// How its last run ended, if one did.
    Optional<ContainerState.Exited> lastEnd() {
        return with(() -> lastEnd);
    }

    /// How many ends there were: whoever waits for one compares.
    long ends() {
        return with(() -> ends);
    }

    boolean isAlready(Trigger trigger) {
        return LifecycleRefusal.isAlreadySo(record.status(), trigger);
    }

    /// @throws io.darsena.bridge.error.ConflictException when the table has no such arrow
    void require(Trigger trigger) {
        ContainerRecord present = record;
        if (Lifecycle.target(present.status(), trigger).isEmpty()) {
            throw LifecycleRefusal.of(trigger, present.name(), present.status());
        }
    }

    void runs(Optional<Sandbox> process) {
        change(() -> sandbox = process);
    }

    /// Changes what is remembered besides the state, without telling.
    void remember(UnaryOperator<ContainerRecord> update) {
        change(() -> record = update.apply(record));
    }

    void show(Optional<Activity> now) {
        change(() -> {
            if (!gone && !activity.equals(now)) {
                activity = now;
                tell(ContainerAction.ACTIVITY);
            }
        });
    }

    /// Takes an arrow of the table. What has happened is remembered and told even when it could not be persisted.
    void move(Trigger trigger, ContainerState to, ContainerAction action) {
        change(() -> {
            if (!Lifecycle.target(record.status(), trigger).equals(Optional.of(to.status()))) {
                throw new IllegalStateException(
                        "no arrow from " + record.status() + " by " + trigger + " to " + to.status());
            }
            record = record.moved(trigger, to);
            persistAndTell(action);
        });
    }

    /// As [#move], at the end of what was going on.
    void settle(Trigger trigger, ContainerState to, ContainerAction action) {
        change(() -> {
            activity = Optional.empty();
            move(trigger, to, action);
        });
    }

    /// A change of what is remembered, at the end of what was going on, without a new state.
    void settle(UnaryOperator<ContainerRecord> update, ContainerAction action) {
        change(() -> {
            activity = Optional.empty();
            record = update.apply(record);
            persistAndTell(action);
        });
    }

    /// Puts the truth in place of what was remembered.
    void correct(ContainerRecord truth) {
        change(() -> {
            boolean different = !truth.equals(record);
            record = truth;
            if (truth.state() instanceof ContainerState.Exited exited) {
                lastEnd = Optional.of(exited);
            }
            if (different) {
                persistAndTell(ContainerAction.ACTIVITY);
            }
        });
    }

    private void persistAndTell(ContainerAction action) {
        try {
            around.rows().update(record);
        } finally {
            tell(action);
        }
    }

    /// With a death goes how the run has ended: it was recorded just before.
    void tell(ContainerAction action) {
        change(() -> {
            Optional<ContainerState.Exited> end = action == ContainerAction.DIE ? lastEnd : Optional.empty();
            around.events().emit(new ContainerChanged(record.container(activity), action, end, Instant.now()));
        });
    }

    /// @param forget takes it out of the lists, before that is told
    void vanish(Runnable forget) {
        change(() -> {
            gone = true;
            ended.signalAll();
            forget.run();
            around.events().emit(new ContainerRemoved(id(), name(), Instant.now()));
        });
    }

    void recordEnd(ContainerState.Exited end) {
        change(() -> {
            lastEnd = Optional.of(end);
            ends++;
            ended.signalAll();
        });
    }

    /// @param before what [#ends] was
    /// @return whether an end came in time
    boolean awaitEnd(long before, Duration patience) {
        return waiting(name -> {
            long left = patience.toNanos();
            while (ends == before && !gone && left > 0) {
                left = ended.awaitNanos(left);
            }
            return ends != before;
        });
    }

    /// Waits for the end of the run that goes on, or the next one.
    ContainerState.Exited await() {
        return waiting(name -> {
            if (record.state() instanceof ContainerState.Exited exited) {
                return exited;
            }
            if (record.state() instanceof ContainerState.Dead && lastEnd.isPresent()) {
                return lastEnd.get();
            }
            long before = ends;
            while (ends == before && !gone) {
                ended.await();
            }
            return lastEnd.orElseThrow(
                    () -> new NotFoundException("wait for", name, "it was removed without having run", ""));
        });
    }

    private interface Wait<T> {
        T on(String subject) throws InterruptedException;
    }

    private <T> T waiting(Wait<T> wait) {
        String subject = "container " + name();
        lock.lock();
        try {
            return wait.on(subject);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new FailedException("wait for", subject, "the wait was interrupted", "");
        } finally {
            lock.unlock();
        }
    }
}
