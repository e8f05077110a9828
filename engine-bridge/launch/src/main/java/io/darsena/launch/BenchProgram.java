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

/// A C program that comes with the runtime and measures something once for each line it reads. For one thread.
final class BenchProgram implements AutoCloseable {

    private final String name;
    private final Process process;
    private final OutputStream input;
    private final BufferedReader output;

    private BenchProgram(String name, Process process) {
        this.name = name;
        this.process = process;
        this.input = process.getOutputStream();
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    }

    /// @param directory where the program is laid; its owner removes it
    static BenchProgram start(String name, Path directory, List<String> arguments) throws IOException {
        Path program = directory.resolve(name);
        String machine = System.getProperty("os.arch", "").equals("amd64") ? "x86_64" : "aarch64";
        try (InputStream resource =
                BenchProgram.class.getClassLoader().getResourceAsStream("io/darsena/runtime/" + machine + "/" + name)) {
            if (resource == null) {
                throw new IOException("this build holds no program " + name + " for " + machine);
            }
            Files.copy(resource, program, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        return new BenchProgram(
                name,
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start());
    }

    /// Measures once.
    ///
    /// @return what it has measured, in nanoseconds
    List<Long> run() throws IOException {
        input.write('\n');
        input.flush();
        String line = output.readLine();
        if (line == null) {
            throw new IOException("the program " + name + " has ended");
        }
        return List.of(line.split(" ")).stream().map(Long::valueOf).toList();
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
