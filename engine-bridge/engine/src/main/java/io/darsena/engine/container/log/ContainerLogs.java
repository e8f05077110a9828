package io.darsena.engine.container.log;

import io.darsena.bridge.Subscription;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.LogConsumer;
import io.darsena.bridge.container.LogQuery;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/// Readings of containers' logs. Each has a virtual thread of its own and bounded memory, however long the log is; one
/// that follows costs nothing as long as nothing is written.
public final class ContainerLogs implements AutoCloseable {

    private final LogWatch watch = new LogWatch();
    private final Map<ContainerId, Set<LogReader>> readers = new ConcurrentHashMap<>();

    /// Begins to read.
    ///
    /// @param directory where `log` and its older parts are
    /// @param over whether the container's last run has ended, so that all it wrote is there
    public Subscription read(
            ContainerId id, Path directory, LogQuery query, LogConsumer consumer, BooleanSupplier over) {
        LogReader[] self = new LogReader[1];
        LogReader reader =
                new LogReader(new LogFiles(directory), query, consumer, over, () -> forget(id, directory, self[0]));
        self[0] = reader;
        if (query.follow()) {
            readers.computeIfAbsent(id, none -> ConcurrentHashMap.newKeySet()).add(reader);
            watch.add(directory, reader);
        }
        reader.begin();
        return reader;
    }

    private void forget(ContainerId id, Path directory, LogReader reader) {
        watch.remove(directory, reader);
        readers.computeIfPresent(id, (same, present) -> {
            present.remove(reader);
            return present.isEmpty() ? null : present;
        });
    }

    /// The container's run has ended.
    public void wake(ContainerId id) {
        readers.getOrDefault(id, Set.of()).forEach(LogReader::wake);
    }

    /// The container is gone: its readers deliver what they have open and end.
    public void removed(ContainerId id) {
        readers.getOrDefault(id, Set.of()).forEach(LogReader::removed);
    }

    @Override
    public void close() {
        readers.values().forEach(present -> present.forEach(LogReader::close));
        watch.close();
    }
}
