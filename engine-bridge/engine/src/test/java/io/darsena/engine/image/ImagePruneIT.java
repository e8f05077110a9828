package io.darsena.engine.image;

import io.darsena.runtime.ContainerRuntime;
import java.nio.file.Path;

/// Cleaning up on darsena-runtime, whose layers belong to other ids.
class ImagePruneIT extends ImagePruneContract {

    @Override
    ContainerRuntime open(Path root) {
        return RealRuntime.open(root);
    }
}
