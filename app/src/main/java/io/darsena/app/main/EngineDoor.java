package io.darsena.app.main;

import io.darsena.bridge.Engine;
import io.darsena.launch.EngineLauncher;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;

/// Opens the engine of this process.
///
/// @param root absent: the usual place of the person who runs it
record EngineDoor(Optional<Path> root) implements Callable<Engine> {

    @Override
    public Engine call() {
        return EngineLauncher.open(root);
    }
}
