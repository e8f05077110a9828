package io.darsena.docker.wire;

import io.darsena.bridge.layer.FilePath;
import java.util.List;

/// Paths in a container that something is to be done with.
public record ChosenPaths(List<FilePath> paths) {

    public ChosenPaths {
        paths = List.copyOf(paths);
    }
}
