package io.darsena.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The kernel's floor for a start: a C program that does what no container start can leave out, and nothing else. For
/// one thread.
final class KernelFloor implements AutoCloseable {

    private final BenchProgram program;

    private KernelFloor(BenchProgram program) {
        this.program = program;
    }

    /// @param layer holds the `true` that is run
    /// @param groups cgroup directories below which each run gets one
    static KernelFloor start(Path directory, Path layer, Path filter, List<Path> groups) throws IOException {
        Path scratch = Files.createDirectory(directory.resolve("floor-scratch"));
        List<String> arguments = new ArrayList<>(List.of(layer.toString(), scratch.toString(), filter.toString()));
        groups.forEach(group -> arguments.add(group.toString()));
        return new KernelFloor(BenchProgram.start("floor", directory, arguments));
    }

    /// One start to exit, in nanoseconds.
    long run() throws IOException {
        return program.run().getFirst();
    }

    @Override
    public void close() throws IOException {
        program.close();
    }
}
