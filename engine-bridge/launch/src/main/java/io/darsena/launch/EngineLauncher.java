package io.darsena.launch;

import io.darsena.bridge.Engine;
import io.darsena.bridge.error.UnavailableException;
import io.darsena.docker.client.RemoteDockerEngine;
import io.darsena.docker.http.HttpClient;
import io.darsena.engine.InProcessEngine;
import io.darsena.engine.paths.DataLock;
import io.darsena.engine.paths.EnginePaths;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/// Opens an engine for whoever has none of its own: the window, a command. It is the one in this process, or, where a
/// `darsena serve` works on the same data already, that one through its socket. Callers see [Engine] only.
public final class EngineLauncher {

    /// Another process that has the data may be about to serve it: bringing the starter image takes it a moment, and
    /// on a
    /// machine that has other things to do many.
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Duration PAUSE = Duration.ofMillis(50);

    private EngineLauncher() {}

    /// Opens the engine of the person who runs this process, or the one that keeps everything below `root`. It takes
    /// a moment: call it on a thread that may wait.
    ///
    /// @throws io.darsena.bridge.error.EngineException when it cannot be opened
    public static Engine open(Optional<Path> root) {
        return open(paths(root), PATIENCE);
    }

    static EnginePaths paths(Optional<Path> root) {
        return root.map(EnginePaths::under).orElseGet(EnginePaths::standard);
    }

    static Engine open(EnginePaths given, Duration patience) {
        Instant end = Instant.now().plus(patience);
        boolean tried = false;
        while (true) {
            // Who has the data may only now be settling where its sockets are.
            EnginePaths paths = given.inUse();
            Optional<Engine> served = served(paths);
            if (served.isPresent()) {
                return served.get();
            }
            Optional<String> holder = tried ? DataLock.holder(paths) : Optional.empty();
            if (holder.isEmpty()) {
                try {
                    return InProcessEngine.open(given);
                } catch (UnavailableException failure) {
                    // Somebody may just have looked whether the data is in use, which looks like using it.
                    if (tried || isOwn(DataLock.holder(paths))) {
                        throw failure;
                    }
                    tried = true;
                }
            } else if (Instant.now().isAfter(end) || OnlyWindow.process(paths).equals(holder)) {
                throw inUse(paths, holder.get());
            }
            pause();
        }
    }

    /// The engine behind the socket in the run directory, when somebody serves there.
    ///
    /// @throws UnavailableException when the process that serves there does not answer
    static Optional<Engine> served(EnginePaths paths) {
        if (!Files.exists(paths.apiSocket())) {
            return Optional.empty();
        }
        if (isSilent(paths.apiSocket())) {
            throw Silence.of(paths, paths.apiSocket());
        }
        try {
            return Optional.of(RemoteDockerEngine.connect(paths.apiSocket()));
        } catch (UnavailableException nobody) {
            return Optional.empty();
        }
    }

    private static boolean isSilent(Path socket) {
        try {
            new HttpClient(socket)
                    .send("GET", "/_ping", "text/plain", new byte[0], Silence.PATIENCE)
                    .close();
            return false;
        } catch (SocketTimeoutException silent) {
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }

    private static boolean isOwn(Optional<String> holder) {
        return holder.equals(Optional.of(Long.toString(ProcessHandle.current().pid())));
    }

    private static UnavailableException inUse(EnginePaths paths, String holder) {
        return OnlyWindow.process(paths).equals(Optional.of(holder))
                ? new UnavailableException(
                        "open",
                        "the data in " + paths.data(),
                        "Darsena's window (process " + holder + ") works on it",
                        "close the window first; opened again it uses what serves then")
                : new UnavailableException(
                        "open",
                        "the data in " + paths.data(),
                        "process " + holder + " works on it and does not serve it",
                        "end that process first, or use another directory with --root");
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while the engine was opened");
        }
    }
}
