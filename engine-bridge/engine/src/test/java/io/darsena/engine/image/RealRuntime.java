package io.darsena.engine.image;

import io.darsena.runtime.ContainerRuntime;
import io.darsena.runtime.DarsenaRuntime;
import io.darsena.runtime.RuntimeBinary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// darsena-runtime in a test's directory, as whoever runs the test.
final class RealRuntime {

    private RealRuntime() {}

    static ContainerRuntime open(Path directory) {
        try {
            Path run = Files.createDirectories(directory.resolve("rt"));
            boolean rootless =
                    !Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
            return DarsenaRuntime.open(RuntimeBinary.located(directory.resolve("bin")), run, rootless);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
