package io.darsena.app.containers.summary;

import io.darsena.app.text.Quantities;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.Container.HistoryEntry;
import io.darsena.bridge.container.ContainerStatus;
import java.util.List;

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
        List<HistoryEntry> history = container.history();
        for (int i = 1; i < history.size(); i++) {
            if (history.get(i - 1).status() == from && history.get(i).status() == to) {
                return true;
            }
        }
        return false;
    }
}
