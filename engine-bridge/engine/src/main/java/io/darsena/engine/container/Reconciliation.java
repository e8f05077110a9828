package io.darsena.engine.container;

import io.darsena.bridge.container.Container.StartStep;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerState;
import io.darsena.bridge.container.ContainerState.ExitCause;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.container.Lifecycle.Trigger;
import io.darsena.runtime.ContainerRuntime.Reconnected;
import io.darsena.runtime.Sandbox;
import io.darsena.runtime.SandboxExit;
import io.darsena.runtime.SandboxListener;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;

/// Makes a container's record true again when an engine opens: its processes may have gone on, ended, or vanished with
/// the machine; a start may have succeeded that was not recorded yet; a removal may be half done.
final class Reconciliation {

    private static final int LOST = 255;

    private final ContainerSurroundings around;
    private final ContainerLifecycle lifecycle;

    Reconciliation(ContainerSurroundings around, ContainerLifecycle lifecycle) {
        this.around = around;
        this.lifecycle = lifecycle;
    }

    void run() {
        ContainerRecord record = lifecycle.record();
        switch (record.status()) {
            case RUNNING, PAUSED -> find(record, record.run(), true);
            case CREATED, EXITED, RESTARTING -> findUnrecorded(record);
            case REMOVING -> lifecycle.finishRemoval();
            case DEAD -> {}
        }
    }

    /// A start writes its run's number into the database only when it has succeeded; a crash before that leaves a run
    /// one higher than the record says.
    private void findUnrecorded(ContainerRecord record) {
        lifecycle.inherit(Optional.empty());
        if (Files.isDirectory(lifecycle.directory().run())) {
            find(record, record.run() + 1, false);
        } else if (record.status() == ContainerStatus.RESTARTING) {
            notRestarted(record);
        }
    }

    private void find(ContainerRecord record, long run, boolean recorded) {
        CountDownLatch known = new CountDownLatch(1);
        try {
            enter(record, run, recorded, reconnect(run, exit -> lifecycle.hearLater(known, exit)));
        } finally {
            known.countDown();
        }
    }

    private Optional<Reconnected> reconnect(long run, SandboxListener listener) {
        ContainerDirectory directory = lifecycle.directory();
        Optional<Reconnected> found = around.runtime().reconnect(directory.run(), directory.state(), run, listener);
        if (lifecycle.isDetached()) {
            // The runtime may have been closed meanwhile: that it found nothing would mean nothing.
            throw new CancellationException("the engine is closing");
        }
        return found;
    }

    private void enter(ContainerRecord record, long run, boolean recorded, Optional<Reconnected> found) {
        switch (found.orElse(null)) {
            case Reconnected.Alive(Sandbox sandbox) ->
                lifecycle.readopt(
                        sandbox,
                        alive(
                                begun(
                                        record,
                                        run,
                                        sandbox.startedAt(),
                                        StartFacts.ofRuntime(sandbox, record.definition())),
                                sandbox));
            case Reconnected.Ended(SandboxExit exit) -> ended(begun(record, run, exit.startedAt(), List.of()), exit);
            case null -> {
                if (recorded) {
                    lifecycle.correct(record.moved(Trigger.PROCESS_ENDED, lost(record)));
                } else if (record.status() == ContainerStatus.RESTARTING) {
                    notRestarted(record);
                }
            }
        }
    }

    /// The run that was to be followed by another has ended, and the crash came before that one began.
    private void notRestarted(ContainerRecord record) {
        Optional<Reconnected> last = reconnect(record.run(), exit -> {});
        ContainerState.Exited end = switch (last.orElse(null)) {
            case Reconnected.Ended(SandboxExit exit) -> {
                // Else it had ended before anybody asked for the restart.
                boolean endedByIt = exit.exitedAt().equals(record.state().since());
                Optional<Trigger> intent = Optional.of(Trigger.RESTART).filter(wish -> endedByIt);
                boolean outOfMemory =
                        around.cgroups().oomKills(record.definition().id()) > 0;
                yield new RunEnd(exit, intent, outOfMemory).state();
            }
            case Reconnected.Alive(Sandbox sandbox) -> {
                sandbox.close();
                yield lost(record);
            }
            case null -> lost(record);
        };
        lifecycle.correct(record.moved(Trigger.RESTART_FAILED, end));
    }

    /// The record as it would be had the start been recorded.
    private static ContainerRecord begun(ContainerRecord record, long run, Instant startedAt, List<StartStep> steps) {
        if (record.run() == run) {
            return record;
        }
        Trigger trigger = record.status() == ContainerStatus.RESTARTING ? Trigger.RESTARTED : Trigger.START;
        return record.started(run, steps).moved(trigger, new ContainerState.Running(0, startedAt));
    }

    private ContainerRecord alive(ContainerRecord record, Sandbox sandbox) {
        boolean frozen = around.cgroups().isFrozen(record.definition().id());
        Instant now = Instant.now();
        return switch (record.state()) {
            case ContainerState.Running running
            when frozen ->
                record.moved(Trigger.PAUSE, new ContainerState.Paused(sandbox.pid(), sandbox.startedAt(), now));
            case ContainerState.Running running ->
                record.in(new ContainerState.Running(sandbox.pid(), sandbox.startedAt()));
            case ContainerState.Paused paused
            when !frozen ->
                record.moved(Trigger.RESUME, new ContainerState.Running(sandbox.pid(), sandbox.startedAt()));
            case ContainerState.Paused paused ->
                record.in(new ContainerState.Paused(sandbox.pid(), sandbox.startedAt(), paused.since()));
            case ContainerState other -> record;
        };
    }

    private void ended(ContainerRecord record, SandboxExit exit) {
        ContainerId id = record.definition().id();
        RunEnd end = new RunEnd(exit, lifecycle.inherited(), around.cgroups().oomKills(id) > 0);
        boolean asked = end.trigger() == Trigger.STOP || end.trigger() == Trigger.KILL;
        lifecycle.correct(record.moved(asked ? end.trigger() : Trigger.PROCESS_ENDED, end.state()));
    }

    private static ContainerState.Exited lost(ContainerRecord record) {
        Instant now = Instant.now();
        Instant startedAt = switch (record.state()) {
            case ContainerState.Running running -> running.since();
            case ContainerState.Paused paused -> paused.startedAt();
            case ContainerState other -> other.since();
        };
        return new ContainerState.Exited(LOST, OptionalInt.empty(), ExitCause.LOST, startedAt, now);
    }
}
