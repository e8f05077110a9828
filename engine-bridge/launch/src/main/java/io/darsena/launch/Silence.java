package io.darsena.launch;

import io.darsena.bridge.error.UnavailableException;
import io.darsena.engine.paths.DataLock;
import io.darsena.engine.paths.EnginePaths;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// What to say of a process that listens and does not answer: it was stopped, or hangs.
final class Silence {

    /// How long an answer may take that costs nothing to give.
    static final Duration PATIENCE = Duration.ofSeconds(8);

    private Silence() {}

    /// Names the process that has the data, when one has: it is the one that listens.
    static UnavailableException of(EnginePaths paths, Path socket) {
        Optional<String> holder = DataLock.holder(paths);
        String data = "the data in " + paths.data();
        if (holder.isEmpty()) {
            return new UnavailableException(
                    "open", data, "what listens on " + socket + " does not answer", "end that process first");
        }
        return new UnavailableException(
                "open",
                data,
                "process " + holder.get() + " works on it and does not answer",
                "end that process, or let it go on if it was stopped: kill -CONT " + holder.get());
    }
}
