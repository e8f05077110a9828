package io.darsena.launch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/// The kernel's floor for a start: a C program that does what no container start can leave out, and nothing else. For
/// one thread.
final class KernelFloor implements AutoCloseable {

    private final Process process;
    private final OutputStream input;
    private final BufferedReader output;

    private KernelFloor(Process process) {
        this.process = process;
        this.input = process.getOutputStream();
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    }

    /// @param layer holds the `true` that is run
    /// @param groups cgroup directories below which each run gets one
    static KernelFloor start(Path directory, Path layer, Path filter, List<Path> groups) throws IOException {
        Path program = directory.resolve("floor");
        String machine = System.getProperty("os.arch", "").equals("amd64") ? "x86_64" : "aarch64";
        try (InputStream resource =
                KernelFloor.class.getClassLoader().getResourceAsStream("io/darsena/runtime/" + machine + "/floor")) {
            if (resource == null) {
                throw new IOException("this build holds no floor program for " + machine);
            }
            Files.copy(resource, program, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        Path scratch = Files.createDirectory(directory.resolve("floor-scratch"));
        List<String> command =
                new ArrayList<>(List.of(program.toString(), layer.toString(), scratch.toString(), filter.toString()));
        groups.forEach(group -> command.add(group.toString()));
        return new KernelFloor(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /// One start to exit, in nanoseconds.
    long run() throws IOException {
        input.write('\n');
        input.flush();
        String line = output.readLine();
        if (line == null) {
            throw new IOException("the floor program has ended");
        }
        return Long.parseLong(line);
    }

    @Override
    public void close() throws IOException {
        input.close();
        try {
            process.waitFor();
        } catch (InterruptedException interrupted) {
            process.destroy();
            Thread.currentThread().interrupt();
        }
    }
}
