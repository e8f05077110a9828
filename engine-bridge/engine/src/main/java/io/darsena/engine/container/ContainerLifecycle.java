package io.darsena.engine.container;

import io.darsena.bridge.Subscription;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.Container.Activity;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerState;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.container.Lifecycle.Trigger;
import io.darsena.bridge.container.LifecycleRefusal;
import io.darsena.bridge.container.LogRecord;
import io.darsena.bridge.container.OutputConsumer;
import io.darsena.bridge.container.Signal;
import io.darsena.bridge.container.StopOptions;
import io.darsena.bridge.error.DeniedException;
import io.darsena.bridge.error.EngineException;
import io.darsena.bridge.error.FailedException;
import io.darsena.bridge.error.UnavailableException;
import io.darsena.bridge.event.EngineEvent.ContainerAction;
import io.darsena.bridge.trash.TrashRefusal;
import io.darsena.runtime.RuntimeUnavailableException;
import io.darsena.runtime.Sandbox;
import io.darsena.runtime.SandboxExit;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The life of one container: the requests that people make of it, and what happens to it.
///
/// `commands` lets one command run at a time, for as long as it takes; it comes before the lock of [LifecycleState]. A
/// kill needs the latter alone, so it overtakes a stop that waits.
final class ContainerLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ContainerLifecycle.class);

    private final ContainerSurroundings around;
    private final ContainerDirectory directory;
    private final Consumer<? super ContainerLifecycle> forget;
    private final ReentrantLock commands = new ReentrantLock();
    private final LifecycleState state;
    private final Attachments attachments = new Attachments();
    private final RunRemains remains;
    private final RunBeginning beginning;
    private final RunEnding ending;

    /// Somebody removes it by force: its end is then not the cue to remove itself.
    private volatile boolean removalWished;

    /// How it stands is not known: its monitor did not answer when the engine opened, and what is recorded
    /// stands until it does. Written with the command lock held.
    private volatile boolean unfound;

    /// Why it could not be found the last time. Guarded by the command lock.
    private Optional<RuntimeException> obstacle = Optional.empty();

    private volatile boolean detached;

    /// @param forget called when the container is gone, before that is told
    ContainerLifecycle(
            ContainerSurroundings around, ContainerRecord record, Consumer<? super ContainerLifecycle> forget) {
        this.around = around;
        this.forget = forget;
        this.directory = new ContainerDirectory(
                around.paths(), around.runtime(), record.definition().id());
        this.state = new LifecycleState(around, record);
        this.remains = new RunRemains(around, directory, state);
        this.beginning = new RunBeginning(around, directory, state, remains, attachments);
        this.ending = new RunEnding(around, state);
    }

    ContainerId id() {
        return state.id();
    }

    ContainerRecord record() {
        return state.record();
    }

    ContainerDirectory directory() {
        return directory;
    }

    Container container() {
        return state.container();
    }

    /// How its last run ended, if one did.
    Optional<ContainerState.Exited> lastEnd() {
        return state.lastEnd();
    }

    /// It was made just now: tells subscribers that it is there.
    void announce(ContainerAction how) {
        remains.none();
        state.tell(how);
    }

    /// Whether a run has ended and none has begun since; its log is then complete. Looked at as one: between the state
    /// and what is being done a start may come to its end.
    boolean isOver() {
        return state.with(() -> {
            boolean still = switch (state.status()) {
                case CREATED, EXITED, REMOVING, DEAD -> !state.isDoing(Activity.STARTING);
                case RUNNING, PAUSED, RESTARTING -> false;
            };
            return state.isGone() || state.record().run() > 0 && still;
        });
    }

    ContainerState.Exited await() {
        return state.await();
    }

    Subscription attach(Set<LogRecord.Stream> streams, OutputConsumer consumer) {
        return state.with(() -> attachments.add(streams, consumer, state.sandbox()));
    }

    /// Lets go of those who are attached; the container runs on.
    void detach() {
        detached = true;
        attachments.close();
    }

    boolean isDetached() {
        return detached;
    }

    void start() {
        if (state.isAlready(Trigger.START)) {
            return;
        }
        command(Trigger.START, Activity.STARTING, () -> {
            if (!state.isAlready(Trigger.START)) {
                state.require(Trigger.START);
                launch(Trigger.START);
            }
        });
    }

    private void launch(Trigger trigger) {
        CountDownLatch entered = new CountDownLatch(1);
        try {
            beginning.begin(trigger, exit -> hearLater(entered, exit));
        } catch (EngineException failure) {
            if (state.sandbox().isEmpty() && state.record().definition().spec().autoRemove()) {
                removeInBackground();
            }
            throw failure;
        } finally {
            entered.countDown();
        }
    }

    void pause() {
        command(Trigger.PAUSE, null, () -> {
            state.require(Trigger.PAUSE);
            around.cgroups().freezerRefusal().ifPresent(refusal -> {
                throw new DeniedException("pause", "container " + state.name(), refusal.reason(), refusal.cure());
            });
            ending.freeze(true);
            state.change(() -> {
                if (!(state.record().state() instanceof ContainerState.Running running)) {
                    throw LifecycleRefusal.of(Trigger.PAUSE, state.name(), state.status());
                }
                state.move(
                        Trigger.PAUSE,
                        new ContainerState.Paused(running.pid(), running.since(), Instant.now()),
                        ContainerAction.PAUSE);
            });
        });
    }

    void resume() {
        command(Trigger.RESUME, null, () -> {
            state.require(Trigger.RESUME);
            ending.freeze(false);
            state.change(() -> {
                if (state.record().state() instanceof ContainerState.Paused paused) {
                    state.move(
                            Trigger.RESUME,
                            new ContainerState.Running(paused.pid(), paused.startedAt()),
                            ContainerAction.UNPAUSE);
                }
            });
        });
    }

    void stop(StopOptions options) {
        if (state.isAlready(Trigger.STOP)) {
            return;
        }
        command(Trigger.STOP, Activity.STOPPING, () -> {
            if (!state.isAlready(Trigger.STOP)) {
                state.require(Trigger.STOP);
                ending.end(Trigger.STOP, options);
                state.tell(ContainerAction.STOP);
            }
        });
    }

    /// Overtakes a stop that waits; waits itself for a start.
    void kill(Signal signal) {
        if (unfound || state.isDoing(Activity.STARTING)) {
            commands.lock();
            try {
                requireFound();
            } finally {
                commands.unlock();
            }
        }
        ending.kill(signal);
    }

    void restart(StopOptions options) {
        command(Trigger.RESTART, Activity.RESTARTING, () -> {
            state.require(Trigger.RESTART);
            if (state.status() == ContainerStatus.EXITED) {
                state.change(() -> {
                    state.intend(Optional.of(Trigger.RESTART));
                    state.move(Trigger.RESTART, new ContainerState.Restarting(Instant.now()), ContainerAction.ACTIVITY);
                });
            } else {
                ending.end(Trigger.RESTART, options);
            }
            if (!ending.callsOffRestart()) {
                launch(Trigger.RESTARTED);
                state.tell(ContainerAction.RESTART);
            }
        });
    }

    /// @param claim makes the name this container's, in the database too, or throws
    void rename(String name, Runnable claim) {
        command(
                null,
                null,
                () -> state.change(() -> {
                    claim.run();
                    state.remember(record -> record.renamed(name));
                    state.tell(ContainerAction.RENAME);
                }));
    }

    /// @param work told which process runs, if one does
    void hold(BiConsumer<Container, Optional<Sandbox>> work) {
        command(null, null, () -> work.accept(state.container(), state.sandbox()));
    }

    void remove(boolean force) {
        Trigger trigger = force ? Trigger.FORCE_REMOVE : Trigger.REMOVE;
        if (force) {
            // What has the container now need not come to its end by itself.
            removalWished = true;
            ending.wish(Trigger.KILL);
        }
        boolean done = false;
        try {
            command(trigger, Activity.REMOVING, () -> removeNow(trigger));
            done = true;
        } finally {
            if (force && !done) {
                removalRefused();
            }
        }
    }

    private void removeNow(Trigger trigger) {
        state.require(trigger);
        if (trigger == Trigger.FORCE_REMOVE) {
            long before = state.ends();
            ending.wish(Trigger.FORCE_REMOVE);
            ending.killNow(before);
        }
        if (state.status() != ContainerStatus.REMOVING) {
            state.move(trigger, new ContainerState.Removing(Instant.now()), ContainerAction.ACTIVITY);
        }
        delete();
    }

    /// Its end is the cue again, and may have come meanwhile.
    private void removalRefused() {
        removalWished = false;
        if (removesItselfNow()) {
            removeInBackground();
        }
    }

    /// Ends its life here, but leaves all it has on disk.
    ///
    /// @param keep persists that it is in the trash, and tells it
    void putAway(Consumer<ContainerRecord> keep) {
        requireStill();
        command(null, null, () -> {
            requireStill();
            remains.clear();
            keep.accept(state.record());
            state.vanish(() -> forget.accept(this));
            around.logs().removed(id());
        });
    }

    private void requireStill() {
        if (!TrashRefusal.accepts(state.status())) {
            throw TrashRefusal.put(state.name(), state.status());
        }
    }

    private void removeInBackground() {
        Thread.ofVirtual().name("remove " + state.name()).start(() -> {
            try {
                remove(false);
            } catch (EngineException failure) {
                if (!state.isGone()) {
                    LOG.warn("container {} could not be removed after its end", state.name(), failure);
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
            state.settle(
                    Trigger.REMOVE_FAILED, new ContainerState.Dead(reason, Instant.now()), ContainerAction.ACTIVITY);
            throw new FailedException("remove", "container " + state.name(), reason, "remove it again");
        }
        state.vanish(() -> forget.accept(this));
        around.logs().removed(id());
        attachments.end();
    }

    /// Makes the record true, and clears away what a run that ended unseen has left.
    ///
    /// @param heal whether one without files is to go; not when the disk that has them may not be mounted
    /// @return whether it is known now how it stands; else its monitor was stopped, or hangs
    boolean reconcile(boolean heal) {
        return reconciled(() -> true, heal);
    }

    /// As [#reconcile], of one that could not be found then.
    boolean reconcileAgain() {
        return reconciled(() -> unfound, false);
    }

    private boolean reconciled(BooleanSupplier needed, boolean heal) {
        commands.lock();
        try {
            if (needed.getAsBoolean() && !state.isGone()) {
                find(heal);
            }
        } catch (RuntimeException failure) {
            obstacle = Optional.of(failure);
            if (!detached) {
                LOG.warn("it cannot be known now how container {} stands", state.name(), failure);
            }
            return false;
        } finally {
            commands.unlock();
        }
        if (removesItselfNow()) {
            removeInBackground();
        }
        return true;
    }

    private void find(boolean heal) {
        unfound = true;
        if (state.sandbox().isEmpty()) {
            new Reconciliation(around, this).run();
        }
        unfound = false;
        if (state.isGone() || state.sandbox().isPresent()) {
            return;
        }
        if (heal && hasFiles() && Files.notExists(directory.state())) {
            LOG.warn("container {} has no files any more: it is removed", state.name());
            state.move(Trigger.REMOVE, new ContainerState.Removing(Instant.now()), ContainerAction.ACTIVITY);
            finishRemoval();
        } else {
            clearRemains();
        }
    }

    /// Whether it should have files: no removal of it has begun.
    boolean hasFiles() {
        return switch (state.status()) {
            case CREATED, RUNNING, PAUSED, RESTARTING, EXITED -> true;
            case REMOVING, DEAD -> false;
        };
    }

    /// With the command lock held. Waits no longer than for one answer.
    private void requireFound() {
        if (unfound && !reconcileAgain()) {
            throw notFound();
        }
    }

    private static String reasonOf(Optional<? extends Throwable> obstacle) {
        return obstacle.map(Throwable::getMessage).orElseGet(String::new);
    }

    private UnavailableException notFound() {
        boolean silent = obstacle.orElse(null) instanceof RuntimeUnavailableException;
        UnavailableException told = new UnavailableException(
                "reach",
                "container " + state.name(),
                silent
                        ? "its monitor (darsena-monitor " + id().shortId() + ") does not answer"
                        : "how it stands cannot be known: " + reasonOf(obstacle),
                silent ? "end that process, or let it go on if it was stopped" : "try again");
        obstacle.ifPresent(told::initCause);
        return told;
    }

    private boolean removesItselfNow() {
        return !state.isGone()
                && !removalWished
                && state.status() == ContainerStatus.EXITED
                && state.record().definition().spec().autoRemove();
    }

    /// It was found alive.
    void readopt(Sandbox found, ContainerRecord truth) {
        state.change(() -> {
            Optional<Trigger> wish = state.intent();
            state.inherit(Optional.empty());
            try {
                state.runs(Optional.of(found));
                state.correct(truth);
            } finally {
                state.intend(wish);
            }
        });
    }

    void correct(ContainerRecord truth) {
        state.correct(truth);
        state.inherit(Optional.empty());
    }

    /// What an earlier engine was asked of the run that the record tells of.
    void inherit(Optional<Trigger> wish) {
        state.inherit(wish);
    }

    Optional<Trigger> inherited() {
        return state.intent();
    }

    void finishRemoval() {
        try {
            delete();
        } catch (EngineException failure) {
            LOG.warn("a removal that a crash interrupted could not be finished", failure);
        }
    }

    /// The runtime tells of an end, perhaps before it is known here that there is a run: waits for that, on the thread
    /// that the runtime has made for the telling.
    void hearLater(CountDownLatch known, SandboxExit exit) {
        try {
            known.await();
            hear(exit);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failure) {
            LOG.error("the end of container {} could not be recorded", state.name(), failure);
        }
    }

    /// The state is told before the cgroups are cleared away: that takes the kernel a while, and nobody need wait. One
    /// that has ended is often started again, or another in its place.
    @SuppressWarnings("ThreadPriorityCheck") // it makes the order better, and nothing rests on it
    private void hear(SandboxExit exit) {
        try {
            if (!ending.ended(exit)) {
                return;
            }
            // Who waits for the end goes on first: what follows keeps a processor busy.
            Thread.yield();
        } finally {
            around.logs().wake(id());
        }
        if (removesItselfNow()) {
            removeInBackground();
        }
        around.runtime().expectStart();
        clearAwayAfter(exit.run());
    }

    /// Waits for the command that has the container: often the stop that this end is the end of.
    private void clearAwayAfter(long run) {
        commands.lock();
        try {
            if (!state.isGone() && state.record().run() == run) {
                clearRemains();
            }
        } finally {
            commands.unlock();
        }
    }

    private void clearRemains() {
        try {
            remains.clear();
        } catch (RuntimeException failure) {
            LOG.warn("what is left of a run of {} stays until the next start", state.name(), failure);
        }
    }

    private void command(@Nullable Trigger trigger, @Nullable Activity during, Runnable body) {
        if (trigger != null) {
            refuseInTransit(trigger);
        }
        try {
            commands.lockInterruptibly();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new FailedException("reach", "container " + state.name(), "the wait was interrupted", "");
        }
        try {
            requireFound();
            if (state.isGone()) {
                if (during == Activity.REMOVING) {
                    return;
                }
                throw EngineContainers.noSuch("find", state.name());
            }
            state.show(Optional.ofNullable(during));
            try {
                body.run();
            } finally {
                state.show(Optional.empty());
                // A run may have ended before its start did, or the start has failed: the log is complete only now.
                around.logs().wake(id());
            }
        } finally {
            commands.unlock();
        }
    }

    /// While it restarts or is removed, an impossible request is refused at once instead of waiting for the lock, and
    /// a stop calls the restart off.
    private void refuseInTransit(Trigger trigger) {
        state.change(() -> {
            ContainerStatus status = state.status();
            if (status == ContainerStatus.RESTARTING || status == ContainerStatus.REMOVING) {
                state.require(trigger);
                if (trigger == Trigger.STOP) {
                    state.intend(Optional.of(Trigger.STOP));
                }
            }
        });
    }
}
