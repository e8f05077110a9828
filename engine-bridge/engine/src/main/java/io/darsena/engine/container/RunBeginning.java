package io.darsena.engine.container;

import io.darsena.bridge.container.Container.StartStep;
import io.darsena.bridge.container.ContainerState;
import io.darsena.bridge.container.ContainerState.ExitCause;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.container.Lifecycle.Trigger;
import io.darsena.bridge.container.Signal;
import io.darsena.bridge.error.EngineException;
import io.darsena.bridge.event.EngineEvent.ContainerAction;
import io.darsena.runtime.RuntimeUnavailableException;
import io.darsena.runtime.Sandbox;
import io.darsena.runtime.SandboxListener;
import io.darsena.runtime.SandboxStartException;
import io.darsena.runtime.cgroup.CgroupException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Begins runs of a container: makes what a run needs, lets the runtime start it, and enters the new state; or says why
/// not, and leaves nothing.
final class RunBeginning {

    private static final Logger LOG = LoggerFactory.getLogger(RunBeginning.class);

    private final ContainerSurroundings around;
    private final ContainerDirectory directory;
    private final LifecycleState state;
    private final RunRemains remains;
    private final Attachments attachments;

    RunBeginning(
            ContainerSurroundings around,
            ContainerDirectory directory,
            LifecycleState state,
            RunRemains remains,
            Attachments attachments) {
        this.attachments = attachments;
        this.around = around;
        this.directory = directory;
        this.state = state;
        this.remains = remains;
    }

    /// With the command lock held.
    ///
    /// @param listener hears of the end; told of no end before the new state was entered
    void begin(Trigger trigger, SandboxListener listener) {
        ContainerRecord record = state.record();
        try {
            remains.clear();
        } catch (CgroupException | UncheckedIOException failure) {
            throw StartFailures.of(failure, record.name()).exception();
        }
        long run = record.run() + 1;
        remains.expect();
        ContainerStart start = new ContainerStart(around, record, directory);
        Sandbox begun;
        try {
            begun = start.begin(run, listener, attachments.waiting());
        } catch (SandboxStartException failure) {
            throw failed(run, StartFailures.of(failure, record.name(), record.definition()));
        } catch (RuntimeUnavailableException failure) {
            throw failed(run, StartFailures.of(failure, record.name()));
        } catch (CgroupException | UncheckedIOException failure) {
            throw failed(run, StartFailures.of(failure, record.name()));
        } catch (EngineException failure) {
            throw failed(run, StartFailures.of(failure));
        }
        state.change(() -> enter(trigger, run, begun, start.steps()));
        attachments.begin(begun);
    }

    private void enter(Trigger trigger, long run, Sandbox begun, List<StartStep> steps) {
        // Somebody may have wished it killed while a restart was starting it again.
        boolean unwanted = state.intent().equals(Optional.of(Trigger.KILL)) && trigger == Trigger.RESTARTED;
        state.runs(Optional.of(begun));
        state.intend(unwanted ? Optional.of(Trigger.KILL) : Optional.empty());
        state.remember(record -> record.started(run, steps));
        state.settle(trigger, new ContainerState.Running(begun.pid(), begun.startedAt()), ContainerAction.START);
        if (unwanted) {
            begun.signal(Signal.KILL.number());
        }
    }

    private EngineException failed(long run, StartFailures failure) {
        try {
            remains.clear();
        } catch (CgroupException | UncheckedIOException stays) {
            LOG.warn("what is left of a start of {} stays until the next one", state.name(), stays);
        }
        EngineException exception = failure.exception();
        ContainerRecord.StartFailure remembered =
                new ContainerRecord.StartFailure(String.valueOf(exception.getMessage()), failure.code());
        Function<ContainerRecord, ContainerRecord> update =
                record -> record.started(run, record.steps()).failed(remembered);
        state.change(() -> {
            if (state.status() == ContainerStatus.RESTARTING) {
                Instant now = Instant.now();
                ContainerState.Exited exited =
                        new ContainerState.Exited(failure.code(), OptionalInt.empty(), ExitCause.ENDED, now, now);
                state.remember(update::apply);
                state.recordEnd(exited);
                state.settle(Trigger.RESTART_FAILED, exited, ContainerAction.DIE);
            } else {
                state.settle(update::apply, ContainerAction.ACTIVITY);
            }
        });
        return exception;
    }
}
