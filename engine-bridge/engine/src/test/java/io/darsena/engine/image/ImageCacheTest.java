package io.darsena.engine.image;

import io.darsena.runtime.ContainerRuntime;
import java.nio.file.Path;

class ImageCacheTest extends ImageCacheContract {

    @Override
    ContainerRuntime runtime(Path directory) {
        return new TarRuntime();
    }
}
