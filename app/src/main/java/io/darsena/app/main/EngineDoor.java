package io.darsena.app.main;

import io.darsena.bridge.Engine;
import io.darsena.bridge.error.UnavailableException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;

/// Opens the engine of this process.
///
/// @param root absent: the usual place of the person who runs it
record EngineDoor(Optional<Path> root) implements Callable<Engine> {

    @Override
    public Engine call() {
        throw new UnavailableException(
                "open",
                root.map(Path::toString).orElse("the engine"),
                "this build has no engine",
                "use a build that has one");
    }
}
