package io.darsena.engine.image;

import io.darsena.runtime.ContainerRuntime;
import java.nio.file.Path;

/// The cache on darsena-runtime and its extractor.
class ImageCacheIT extends ImageCacheContract {

    @Override
    ContainerRuntime runtime(Path directory) {
        return RealRuntime.open(directory);
    }
}
