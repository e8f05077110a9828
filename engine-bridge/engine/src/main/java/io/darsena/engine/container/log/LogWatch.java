package io.darsena.engine.container.log;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Wakes the readers of logs when something in their directory has changed: one inotify instance for all, made when
/// the first reader follows. Where the user's inotify instances or watches are used up, it looks every 40 ms instead.
/// `this` guards the fields.
final class LogWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LogWatch.class);
    private static final long POLL_MILLIS = 40;

    private final Map<Path, Set<LogReader>> readers = new HashMap<>();
    private final Map<Path, WatchKey> keys = new HashMap<>();
    private final Set<Path> polled = new HashSet<>();
    private @Nullable WatchService service;
    private boolean polling;
    private boolean closed;

    synchronized void add(Path directory, LogReader reader) {
        if (closed) {
            return;
        }
        if (readers.computeIfAbsent(directory, none -> new HashSet<>()).add(reader) && !keys.containsKey(directory)) {
            watch(directory);
        }
    }

    private void watch(Path directory) {
        try {
            keys.put(
                    directory,
                    directory.register(
                            service(), StandardWatchEventKinds.ENTRY_MODIFY, StandardWatchEventKinds.ENTRY_CREATE));
        } catch (IOException exhausted) {
            LOG.debug("no inotify for {}: {}", directory, exhausted.getMessage());
            polled.add(directory);
            if (!polling) {
                polling = true;
                Thread.ofVirtual().name("log poll").start(this::poll);
            }
        }
    }

    private WatchService service() throws IOException {
        WatchService present = service;
        if (present == null) {
            present = Path.of("/").getFileSystem().newWatchService();
            service = present;
            WatchService made = present;
            Thread.ofVirtual().name("log watch").start(() -> listen(made));
        }
        return present;
    }

    synchronized void remove(Path directory, LogReader reader) {
        Set<LogReader> present = readers.get(directory);
        if (present != null && present.remove(reader) && present.isEmpty()) {
            readers.remove(directory);
            polled.remove(directory);
            WatchKey key = keys.remove(directory);
            if (key != null) {
                key.cancel();
            }
        }
    }

    private void listen(WatchService made) {
        try {
            while (true) {
                WatchKey key = made.take();
                key.pollEvents();
                boolean valid = key.reset();
                changed((Path) key.watchable());
                if (!valid) {
                    LOG.debug("{} is gone", key.watchable());
                }
            }
        } catch (ClosedWatchServiceException end) {
            LOG.debug("the watch over logs ends");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void poll() {
        try {
            while (true) {
                Thread.sleep(POLL_MILLIS);
                Set<Path> now;
                synchronized (this) {
                    if (closed || polled.isEmpty()) {
                        polling = false;
                        return;
                    }
                    now = Set.copyOf(polled);
                }
                now.forEach(this::changed);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void changed(Path directory) {
        Set<LogReader> awake;
        synchronized (this) {
            awake = Set.copyOf(readers.getOrDefault(directory, Set.of()));
        }
        awake.forEach(LogReader::wake);
    }

    @Override
    public synchronized void close() {
        closed = true;
        readers.clear();
        WatchService present = service;
        if (present != null) {
            try {
                present.close();
            } catch (IOException failure) {
                LOG.debug("the watch over logs did not close well", failure);
            }
        }
    }
}
