package io.darsena.engine.container;

import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.Container.Activity;
import io.darsena.bridge.container.Container.HistoryEntry;
import io.darsena.bridge.container.Container.StartStep;
import io.darsena.bridge.container.ContainerState;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.container.Lifecycle.Trigger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the database holds of a container.
///
/// @param run how often it was started; the number of the run that goes on, or of the last one
record ContainerRecord(
        ContainerDefinition definition,
        String name,
        long run,
        ContainerState state,
        List<HistoryEntry> history,
        List<StartStep> steps,
        Optional<StartFailure> lastFailure) {

    private static final int LONGEST_HISTORY = 50;

    /// Why a start failed, and the exit code that Docker gives such a failure: 127, 126 or 128.
    record StartFailure(String message, int code) {}

    ContainerRecord {
        history = List.copyOf(history);
        steps = List.copyOf(steps);
    }

    static ContainerRecord created(ContainerDefinition definition, String name) {
        HistoryEntry creation = new HistoryEntry(ContainerStatus.CREATED, Optional.empty(), definition.createdAt());
        return new ContainerRecord(
                definition,
                name,
                0,
                new ContainerState.Created(definition.createdAt()),
                List.of(creation),
                List.of(),
                Optional.empty());
    }

    ContainerRecord moved(Trigger trigger, ContainerState to) {
        List<HistoryEntry> longer = new ArrayList<>(history);
        longer.add(new HistoryEntry(to.status(), Optional.of(trigger), at(trigger, to)));
        List<HistoryEntry> kept = longer.subList(Math.max(0, longer.size() - LONGEST_HISTORY), longer.size());
        return new ContainerRecord(definition, name, run, to, kept, steps, lastFailure);
    }

    /// When a step was taken. A container that goes on runs since its start, not since then; and what the runtime saw
    /// may have happened a moment before what the engine did last.
    private Instant at(Trigger trigger, ContainerState to) {
        Instant at = trigger == Trigger.RESUME ? Instant.now() : to.since();
        Instant before = history.isEmpty() ? at : history.getLast().at();
        return at.isBefore(before) ? before : at;
    }

    ContainerStatus status() {
        return state.status();
    }

    /// The same state, with what is true of it now.
    ContainerRecord in(ContainerState truth) {
        return new ContainerRecord(definition, name, run, truth, history, steps, lastFailure);
    }

    ContainerRecord started(long newRun, List<StartStep> newSteps) {
        return new ContainerRecord(definition, name, newRun, state, history, newSteps, Optional.empty());
    }

    ContainerRecord failed(StartFailure failure) {
        return new ContainerRecord(definition, name, run, state, history, steps, Optional.of(failure));
    }

    ContainerRecord renamed(String newName) {
        return new ContainerRecord(definition, newName, run, state, history, steps, lastFailure);
    }

    Container container(Optional<Activity> activity) {
        return new Container(
                definition.id(),
                name,
                definition.spec(),
                definition.image(),
                definition.imageName(),
                definition.arguments(),
                state,
                activity,
                definition.createdAt(),
                run,
                history,
                steps,
                lastFailure.map(StartFailure::message));
    }
}
