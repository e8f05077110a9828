package io.darsena.app.containers.summary;

import io.darsena.app.containers.item.TriggerWords;
import io.darsena.app.text.Messages;
import io.darsena.app.text.Quantities;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.Container.HistoryEntry;
import io.darsena.bridge.container.ContainerState;
import io.darsena.bridge.container.ContainerState.ExitCause;
import io.darsena.bridge.container.ContainerStatus;
import java.util.List;
import java.util.Optional;

/// Which states a container has been in, when, and by which arrows it came.
record Visits(Container container, Quantities quantities) {

    /// `21:04:02`, `2 ×, last 21:09:10`, or nothing.
    String words(ContainerStatus status) {
        List<HistoryEntry> times = container.history().stream()
                .filter(entry -> entry.status() == status)
                .toList();
        if (times.isEmpty()) {
            return "";
        }
        String last = quantities.timeOfDay(times.getLast().at());
        return times.size() == 1 ? last : times.size() + " × · " + last;
    }

    boolean went(ContainerStatus from, ContainerStatus to) {
        return entered(from, to).isPresent();
    }

    /// What brought it from one state to another the last time, as an arrow says it; empty when that is not known, or
    /// goes without saying.
    String how(Messages messages, ContainerStatus from, ContainerStatus to) {
        return entered(from, to)
                .flatMap(HistoryEntry::trigger)
                .map(trigger -> switch (trigger) {
                    case START, PAUSE, RESUME, STOP, KILL, RESTART, REMOVE, FORCE_REMOVE ->
                        TriggerWords.arrow(messages, trigger);
                    case PROCESS_ENDED -> messages.text(ranOutOfMemory(to) ? "arrow.out_of_memory" : "arrow.ended");
                    case RESTART_FAILED -> messages.text("arrow.failed");
                    case RESTARTED, REMOVE_FAILED -> "";
                })
                .orElse("");
    }

    /// Only the present end is known.
    private boolean ranOutOfMemory(ContainerStatus to) {
        return to == ContainerStatus.EXITED
                && container.state() instanceof ContainerState.Exited end
                && end.cause() == ExitCause.OUT_OF_MEMORY;
    }

    private Optional<HistoryEntry> entered(ContainerStatus from, ContainerStatus to) {
        List<HistoryEntry> history = container.history();
        for (int i = history.size() - 1; i > 0; i--) {
            if (history.get(i - 1).status() == from && history.get(i).status() == to) {
                return Optional.of(history.get(i));
            }
        }
        return Optional.empty();
    }
}
