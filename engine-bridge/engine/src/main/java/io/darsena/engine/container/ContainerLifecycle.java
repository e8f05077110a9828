package io.darsena.engine.container;

import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.Container.Activity;
import io.darsena.bridge.container.Container.StartStep;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerState;
import io.darsena.bridge.container.ContainerState.ExitCause;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.container.Lifecycle;
import io.darsena.bridge.container.Lifecycle.Trigger;
import io.darsena.bridge.container.LifecycleRefusal;
import io.darsena.bridge.container.Signal;
import io.darsena.bridge.error.DeniedException;
import io.darsena.bridge.error.EngineException;
import io.darsena.bridge.error.FailedException;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.event.EngineEvent.ContainerAction;
import io.darsena.bridge.event.EngineEvent.ContainerChanged;
import io.darsena.bridge.event.EngineEvent.ContainerRemoved;
import io.darsena.runtime.RuntimeUnavailableException;
import io.darsena.runtime.Sandbox;
import io.darsena.runtime.SandboxExit;
import io.darsena.runtime.SandboxStartException;
import io.darsena.runtime.cgroup.CgroupException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The life of one container.
///
/// `commands` lets one command run at a time, for as long as it takes. `state` guards every field and is held for
/// moments only; whoever waits for an end waits on `ended` without it. A kill takes `state` alone, so it overtakes a
/// stop that waits. Lock order: `commands`, `state`, the database's, the event hub's.
///
/// Each change goes through the state table, is persisted, and then told.
final class ContainerLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ContainerLifecycle.class);

    private final ContainerSurroundings around;
    private final ContainerDirectory directory;
    private final Consumer<? super ContainerLifecycle> forget;
    private final ReentrantLock commands = new ReentrantLock();
    private final ReentrantLock state = new ReentrantLock();
    private final Condition ended = state.newCondition();

    private volatile ContainerRecord record;
    private volatile Optional<Activity> activity = Optional.empty();
    private @Nullable Sandbox sandbox;
    private Optional<Trigger> intent = Optional.empty();
    private long ends;
    private ContainerState.@Nullable Exited lastEnd;
    /// What a run needs besides its processes may still be there. Guarded by `commands`.
    private boolean uncleared = true;

    private volatile boolean gone;

    /// @param forget called when the container is gone, before that is told
    ContainerLifecycle(
            ContainerSurroundings around, ContainerRecord record, Consumer<? super ContainerLifecycle> forget) {
        this.around = around;
        this.forget = forget;
        this.record = record;
        this.directory = new ContainerDirectory(
                around.paths(), around.runtime(), record.definition().id());
        if (record.state() instanceof ContainerState.Exited exited) {
            lastEnd = exited;
        }
    }

    ContainerId id() {
        return record.definition().id();
    }

    ContainerRecord record() {
        return record;
    }

    ContainerDirectory directory() {
        return directory;
    }

    Container container() {
        state.lock();
        try {
            return record.container(activity);
        } finally {
            state.unlock();
        }
    }

    /// How its last run ended, if one did.
    Optional<ContainerState.Exited> lastEnd() {
        return Optional.ofNullable(lastEnd);
    }

    /// Tells subscribers that it is there.
    void announce() {
        tell(ContainerAction.CREATE);
    }

    /// Whether a run has ended and none has begun since; its log is then complete.
    boolean isOver() {
        return gone || record.run() > 0 && sandboxless();
    }

    private boolean sandboxless() {
        return switch (record.status()) {
            case CREATED, EXITED, REMOVING, DEAD -> !activity.equals(Optional.of(Activity.STARTING));
            case RUNNING, PAUSED, RESTARTING -> false;
        };
    }

    // ------------------------------------------------------------------ starting

    void start() {
        if (isAlready(Trigger.START)) {
            return;
        }
        command(Trigger.START, Activity.STARTING, () -> {
            if (!isAlready(Trigger.START)) {
                require(Trigger.START);
                launch(Trigger.START);
            }
        });
    }

    private void launch(Trigger trigger) {
        long run = record.run() + 1;
        clearAway();
        ContainerStart start = new ContainerStart(around, record, directory);
        CountDownLatch entered = new CountDownLatch(1);
        try {
            Sandbox begun = start.begin(
                    run,
                    exit -> Thread.ofVirtual().name("end of " + record.name()).start(() -> hear(entered, exit)));
            enter(trigger, run, begun, start.steps());
            entered.countDown();
        } catch (SandboxStartException failure) {
            throw startFailed(run, StartFailures.of(failure, record.name(), record.definition()));
        } catch (RuntimeUnavailableException failure) {
            throw startFailed(run, StartFailures.of(failure, record.name()));
        } catch (CgroupException | UncheckedIOException failure) {
            throw startFailed(run, StartFailures.of(failure, record.name()));
        } finally {
            entered.countDown();
        }
    }

    private void enter(Trigger trigger, long run, Sandbox begun, List<StartStep> steps) {
        state.lock();
        try {
            sandbox = begun;
            uncleared = true;
            // Somebody may have wished it killed while a restart was starting it again.
            boolean unwanted = intent.equals(Optional.of(Trigger.KILL)) && trigger == Trigger.RESTARTED;
            intent = unwanted ? intent : Optional.empty();
            record = record.started(run, steps);
            activity = Optional.empty();
            move(trigger, new ContainerState.Running(begun.pid(), begun.startedAt()), ContainerAction.START);
            if (unwanted) {
                begun.signal(Signal.KILL.number());
            }
        } finally {
            state.unlock();
        }
    }

    private EngineException startFailed(long run, StartFailures failure) {
        uncleared = true;
        clearAway();
        state.lock();
        try {
            EngineException exception = failure.exception();
            record = record.started(run, record.steps())
                    .failed(new ContainerRecord.StartFailure(String.valueOf(exception.getMessage()), failure.code()));
            activity = Optional.empty();
            if (record.status() == ContainerStatus.RESTARTING) {
                Instant now = Instant.now();
                ContainerState.Exited exited =
                        new ContainerState.Exited(failure.code(), OptionalInt.empty(), ExitCause.ENDED, now, now);
                recordEnd(exited);
                move(Trigger.RESTART_FAILED, exited, ContainerAction.DIE);
            } else {
                persistAndTell(ContainerAction.ACTIVITY);
            }
            if (record.definition().spec().autoRemove()) {
                removeInBackground();
            }
            return exception;
        } finally {
            state.unlock();
        }
    }

    // ------------------------------------------------------------------ pause and resume

    void pause() {
        command(Trigger.PAUSE, null, () -> {
            require(Trigger.PAUSE);
            around.cgroups().freezerRefusal().ifPresent(refusal -> {
                throw new DeniedException("pause", "container " + record.name(), refusal.reason(), refusal.cure());
            });
            freeze(true);
            state.lock();
            try {
                if (record.state() instanceof ContainerState.Running running && sandbox != null) {
                    move(
                            Trigger.PAUSE,
                            new ContainerState.Paused(running.pid(), running.since(), Instant.now()),
                            ContainerAction.PAUSE);
                } else {
                    throw LifecycleRefusal.of(Trigger.PAUSE, record.name(), record.status());
                }
            } finally {
                state.unlock();
            }
        });
    }

    void resume() {
        command(Trigger.RESUME, null, () -> {
            require(Trigger.RESUME);
            freeze(false);
            state.lock();
            try {
                if (record.state() instanceof ContainerState.Paused paused && sandbox != null) {
                    move(
                            Trigger.RESUME,
                            new ContainerState.Running(paused.pid(), paused.startedAt()),
                            ContainerAction.UNPAUSE);
                }
            } finally {
                state.unlock();
            }
        });
    }

    private void freeze(boolean frozen) {
        try {
            around.cgroups().freeze(id(), frozen);
        } catch (RuntimeException failure) {
            if (sandboxless()) {
                return;
            }
            throw new FailedException(
                    frozen ? "pause" : "resume",
                    "container " + record.name(),
                    String.valueOf(failure.getMessage()),
                    "");
        }
    }

    // ------------------------------------------------------------------ ending

    void stop(Optional<Duration> timeout) {
        if (isAlready(Trigger.STOP)) {
            return;
        }
        command(Trigger.STOP, Activity.STOPPING, () -> {
            if (isAlready(Trigger.STOP)) {
                return;
            }
            require(Trigger.STOP);
            end(Trigger.STOP, timeout);
            tell(ContainerAction.STOP);
        });
    }

    /// Signals, waits, kills, waits. Returns when the run has ended.
    private void end(Trigger wish, Optional<Duration> timeout) {
        long before;
        state.lock();
        try {
            before = ends;
            Sandbox present = sandbox;
            if (present == null) {
                return;
            }
            intent = Optional.of(wish);
            present.signal(record.definition().stopSignal().number());
        } finally {
            state.unlock();
        }
        thawForGood();
        if (!awaitEnd(before, timeout.orElse(record.definition().stopTimeout()))) {
            killNow(before);
        }
    }

    /// A frozen process takes no signal, on v1 not even KILL.
    private void thawForGood() {
        if (record.status() == ContainerStatus.PAUSED) {
            freeze(false);
        }
    }

    private void killNow(long before) {
        state.lock();
        try {
            Sandbox present = sandbox;
            if (present == null || ends != before) {
                return;
            }
            present.signal(Signal.KILL.number());
        } finally {
            state.unlock();
        }
        thawForGood();
        awaitEnd(before, Duration.ofDays(365));
    }

    /// Overtakes a stop that waits; waits itself for a start.
    void kill(Signal signal) {
        if (activity.equals(Optional.of(Activity.STARTING))) {
            commands.lock();
            commands.unlock();
        }
        boolean fatal = signal.equals(Signal.KILL);
        long before;
        state.lock();
        try {
            require(Trigger.KILL);
            before = ends;
            if (fatal || sandbox == null) {
                intent = Optional.of(Trigger.KILL);
            }
            if (sandbox != null) {
                sandbox.signal(signal.number());
                tell(ContainerAction.KILL);
            }
        } finally {
            state.unlock();
        }
        if (fatal) {
            thawForGood();
            awaitEnd(before, Duration.ofDays(365));
        }
    }

    void restart(Optional<Duration> timeout) {
        command(Trigger.RESTART, Activity.RESTARTING, () -> {
            require(Trigger.RESTART);
            if (record.status() == ContainerStatus.EXITED) {
                state.lock();
                try {
                    intent = Optional.of(Trigger.RESTART);
                    move(Trigger.RESTART, new ContainerState.Restarting(Instant.now()), ContainerAction.ACTIVITY);
                } finally {
                    state.unlock();
                }
            } else {
                end(Trigger.RESTART, timeout);
            }
            if (!overtaken()) {
                launch(Trigger.RESTARTED);
                tell(ContainerAction.RESTART);
            }
        });
    }

    /// Between the end and the new start somebody may have wished it ended for good.
    private boolean overtaken() {
        state.lock();
        try {
            if (record.status() != ContainerStatus.RESTARTING) {
                return true;
            }
            if (intent.equals(Optional.of(Trigger.RESTART))) {
                return false;
            }
            endRestart(intent.filter(wish -> wish == Trigger.STOP).orElse(Trigger.KILL));
            return true;
        } finally {
            state.unlock();
        }
    }

    private void endRestart(Trigger trigger) {
        Instant now = Instant.now();
        ContainerState.Exited end = lastEnd;
        ContainerState.Exited exited = end == null
                ? new ContainerState.Exited(137, OptionalInt.empty(), ExitCause.KILLED, now, now)
                : new ContainerState.Exited(end.code(), end.signal(), end.cause(), end.startedAt(), now);
        recordEnd(exited);
        activity = Optional.empty();
        move(trigger, exited, ContainerAction.STOP);
    }

    // ------------------------------------------------------------------ the end of a run

    /// Called when the runtime tells of an end, on a thread of its own.
    private void hear(CountDownLatch entered, SandboxExit exit) {
        try {
            entered.await();
            runEnded(exit);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failure) {
            LOG.error("the end of container {} could not be recorded", record.name(), failure);
        }
    }

    /// The state is told before the cgroups are cleared away: that takes the kernel a while, and nobody need wait.
    private void runEnded(SandboxExit exit) {
        long oomKills = around.cgroups().oomKills(id());
        state.lock();
        try {
            Sandbox over = sandbox;
            if (over == null || over.run() != exit.run()) {
                return;
            }
            over.close();
            sandbox = null;
            RunEnd end = new RunEnd(exit, intent, oomKills > 0);
            if (end.state().cause() == ExitCause.OUT_OF_MEMORY) {
                tell(ContainerAction.OOM);
            }
            recordEnd(end.state());
            enterEnd(end);
            if (record.definition().spec().autoRemove() && record.status() == ContainerStatus.EXITED) {
                removeInBackground();
            }
        } finally {
            state.unlock();
        }
        around.logs().wake(id());
        clearAwayAfter(exit.run());
    }

    private void enterEnd(RunEnd end) {
        Instant at = end.state().since();
        switch (end.trigger()) {
            case RESTART -> move(Trigger.RESTART, new ContainerState.Restarting(at), ContainerAction.DIE);
            case FORCE_REMOVE -> move(Trigger.FORCE_REMOVE, new ContainerState.Removing(at), ContainerAction.DIE);
            default -> {
                activity = Optional.empty();
                move(end.trigger(), end.state(), ContainerAction.DIE);
            }
        }
    }

    /// Waits for the command that has the container: often the stop that this end is the end of.
    private void clearAwayAfter(long run) {
        commands.lock();
        try {
            if (!gone && record.run() == run) {
                clearAway();
            }
        } catch (RuntimeException failure) {
            LOG.warn("what is left of a run of {} stays until the next start", record.name(), failure);
        } finally {
            commands.unlock();
        }
    }

    /// Cgroups and sockets of a run that is over. With `commands` held.
    private void clearAway() {
        if (uncleared) {
            around.cgroups().remove(id());
            directory.removeRun();
            uncleared = false;
        }
    }

    private void recordEnd(ContainerState.Exited exited) {
        lastEnd = exited;
        ends++;
        ended.signalAll();
    }

    private boolean awaitEnd(long before, Duration patience) {
        state.lock();
        try {
            long left = patience.toNanos();
            while (ends == before && !gone && left > 0) {
                left = ended.awaitNanos(left);
            }
            return ends != before;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new FailedException("wait for", "container " + record.name(), "the wait was interrupted", "");
        } finally {
            state.unlock();
        }
    }

    ContainerState.Exited await() {
        state.lock();
        try {
            if (record.state() instanceof ContainerState.Exited exited) {
                return exited;
            }
            if (record.state() instanceof ContainerState.Dead && lastEnd != null) {
                return lastEnd;
            }
            long before = ends;
            while (ends == before && !gone) {
                ended.await();
            }
            ContainerState.Exited end = lastEnd;
            if (end == null) {
                throw new NotFoundException(
                        "wait for", "container " + record.name(), "it was removed without having run", "");
            }
            return end;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new FailedException("wait for", "container " + record.name(), "the wait was interrupted", "");
        } finally {
            state.unlock();
        }
    }

    // ------------------------------------------------------------------ removal

    void remove(boolean force) {
        Trigger trigger = force ? Trigger.FORCE_REMOVE : Trigger.REMOVE;
        if (force) {
            wishItsEnd();
        }
        command(trigger, Activity.REMOVING, () -> {
            require(trigger);
            if (force) {
                long before = ends;
                wishItsEnd();
                killNow(before);
            }
            state.lock();
            try {
                if (record.status() != ContainerStatus.REMOVING) {
                    move(trigger, new ContainerState.Removing(Instant.now()), ContainerAction.ACTIVITY);
                }
            } finally {
                state.unlock();
            }
            delete();
        });
    }

    /// Kills what runs before the command that has the container now is waited for.
    private void wishItsEnd() {
        state.lock();
        try {
            if (record.status() == ContainerStatus.RESTARTING) {
                intent = Optional.of(Trigger.KILL);
            } else if (sandbox != null) {
                intent = Optional.of(commands.isHeldByCurrentThread() ? Trigger.FORCE_REMOVE : Trigger.KILL);
                sandbox.signal(Signal.KILL.number());
            }
        } finally {
            state.unlock();
        }
        thawForGood();
    }

    private void removeInBackground() {
        Thread.ofVirtual().name("remove " + record.name()).start(() -> {
            try {
                remove(false);
            } catch (EngineException failure) {
                if (!gone) {
                    LOG.warn("container {} could not be removed after its end", record.name(), failure);
                }
            }
        });
    }

    /// What is left of a removal, from whatever point. The row goes last: as long as it is there, the next engine
    /// finishes what this one began.
    private void delete() {
        try {
            around.cgroups().remove(id());
            directory.delete();
            around.rows().delete(id());
        } catch (RuntimeException failure) {
            String reason = String.valueOf(failure.getMessage());
            state.lock();
            try {
                activity = Optional.empty();
                move(Trigger.REMOVE_FAILED, new ContainerState.Dead(reason, Instant.now()), ContainerAction.ACTIVITY);
            } finally {
                state.unlock();
            }
            throw new FailedException("remove", "container " + record.name(), reason, "remove it again");
        }
        state.lock();
        try {
            gone = true;
            ended.signalAll();
            forget.accept(this);
            around.events().emit(new ContainerRemoved(id(), record.name(), Instant.now()));
        } finally {
            state.unlock();
        }
        around.logs().removed(id());
    }

    // ------------------------------------------------------------------ renaming

    /// @param claim makes the name this container's, in the database too, or throws
    void rename(String name, Runnable claim) {
        command(null, null, () -> {
            state.lock();
            try {
                claim.run();
                record = record.renamed(name);
                tell(ContainerAction.RENAME);
            } finally {
                state.unlock();
            }
        });
    }

    // ------------------------------------------------------------------ after the engine was away

    /// Makes the record true, and clears away what a run that ended unseen has left.
    void reconcile() {
        commands.lock();
        try {
            new Reconciliation(around, this).run();
            if (!gone && sandbox == null) {
                clearAway();
            }
        } finally {
            commands.unlock();
        }
        boolean toRemove = record.status() == ContainerStatus.EXITED
                && record.definition().spec().autoRemove();
        if (toRemove && !gone) {
            removeInBackground();
        }
    }

    /// It was found alive.
    void readopt(Sandbox found, ContainerRecord truth) {
        state.lock();
        try {
            sandbox = found;
            correct(truth);
        } finally {
            state.unlock();
        }
    }

    void correct(ContainerRecord truth) {
        state.lock();
        try {
            boolean different = !truth.equals(record);
            record = truth;
            if (truth.state() instanceof ContainerState.Exited exited) {
                lastEnd = exited;
            }
            if (different) {
                persistAndTell(ContainerAction.ACTIVITY);
            }
        } finally {
            state.unlock();
        }
    }

    void finishRemoval() {
        try {
            delete();
        } catch (EngineException failure) {
            LOG.warn("a removal that a crash interrupted could not be finished", failure);
        }
    }

    void hearLater(CountDownLatch known, SandboxExit exit) {
        Thread.ofVirtual().name("end of " + record.name()).start(() -> hear(known, exit));
    }

    // ------------------------------------------------------------------ commands and changes

    private void command(@Nullable Trigger trigger, @Nullable Activity during, Runnable body) {
        if (trigger != null) {
            refuseInTransit(trigger);
        }
        try {
            commands.lockInterruptibly();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new FailedException("reach", "container " + record.name(), "the wait was interrupted", "");
        }
        try {
            if (gone) {
                throw EngineContainers.noSuch("find", record.name());
            }
            show(Optional.ofNullable(during));
            try {
                body.run();
            } finally {
                show(Optional.empty());
            }
        } finally {
            commands.unlock();
        }
    }

    /// While it restarts or is removed, an impossible request is refused at once instead of waiting for the lock, and
    /// a stop calls the restart off.
    private void refuseInTransit(Trigger trigger) {
        state.lock();
        try {
            ContainerStatus status = record.status();
            if (status == ContainerStatus.RESTARTING || status == ContainerStatus.REMOVING) {
                require(trigger);
                if (trigger == Trigger.STOP) {
                    intent = Optional.of(Trigger.STOP);
                }
            }
        } finally {
            state.unlock();
        }
    }

    private boolean isAlready(Trigger trigger) {
        return LifecycleRefusal.isAlreadySo(record.status(), trigger);
    }

    private void require(Trigger trigger) {
        ContainerRecord present = record;
        if (Lifecycle.target(present.status(), trigger).isEmpty()) {
            throw LifecycleRefusal.of(trigger, present.name(), present.status());
        }
    }

    private void show(Optional<Activity> now) {
        state.lock();
        try {
            if (!gone && !activity.equals(now)) {
                activity = now;
                tell(ContainerAction.ACTIVITY);
            }
        } finally {
            state.unlock();
        }
    }

    /// With `state` held. What has happened is remembered and told even when it could not be persisted.
    private void move(Trigger trigger, ContainerState to, ContainerAction action) {
        if (!Lifecycle.target(record.status(), trigger).equals(Optional.of(to.status()))) {
            throw new IllegalStateException(
                    "no arrow from " + record.status() + " by " + trigger + " to " + to.status());
        }
        record = record.moved(trigger, to);
        persistAndTell(action);
    }

    private void persistAndTell(ContainerAction action) {
        try {
            around.rows().update(record);
        } finally {
            tell(action);
        }
    }

    private void tell(ContainerAction action) {
        state.lock();
        try {
            around.events().emit(new ContainerChanged(record.container(activity), action, Instant.now()));
        } finally {
            state.unlock();
        }
    }
}
