package io.darsena.launch;

import io.darsena.bridge.Engine;
import io.darsena.engine.InProcessEngine;
import io.darsena.engine.paths.EnginePaths;
import java.nio.file.Path;
import java.util.Optional;

/// Opens an engine for whoever has none of its own: the window, a command. Callers see [Engine] only.
public final class EngineLauncher {

    private EngineLauncher() {}

    /// Opens the engine of the person who runs this process, or the one that keeps everything below `root`. It takes
    /// a moment: call it on a thread that may wait.
    ///
    /// @throws io.darsena.bridge.error.EngineException when it cannot be opened
    public static Engine open(Optional<Path> root) {
        return InProcessEngine.open(root.map(EnginePaths::under).orElseGet(EnginePaths::standard));
    }
}
