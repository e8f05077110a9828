package io.darsena.engine.image;

import io.darsena.runtime.ContainerRuntime;
import java.nio.file.Path;

/// Cleaning up where layers are unpacked by the test itself; `du` measures.
class ImagePruneTest extends ImagePruneContract {

    @Override
    ContainerRuntime open(Path root) {
        return new TarRuntime();
    }
}
