package io.darsena.app.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A program of this machine that does something for the person, and what it said when it could not.
///
/// @param file the executable
record DesktopProgram(Path file) {

    private static final long PATIENCE_SECONDS = 120;
    private static final int MOST_LINES = 20;

    /// The first of this name on the search path.
    static Optional<DesktopProgram> named(String name) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of(path.split(":"))
                .filter(directory -> directory.startsWith("/"))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .map(DesktopProgram::new)
                .findFirst();
    }

    /// Runs it to its end; on a thread that may wait.
    ///
    /// @throws IOException with its own words when it does not end with 0
    void run(String... arguments) throws IOException, InterruptedException {
        Process process = started(ProcessBuilder.Redirect.PIPE, arguments);
        process.getOutputStream().close();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(file.getFileName() + " did not end");
        }
        List<String> said = process.inputReader().lines().limit(MOST_LINES).toList();
        if (process.exitValue() != 0) {
            throw new IOException(
                    said.isEmpty()
                            ? file.getFileName() + " ended with " + process.exitValue()
                            : String.join("\n", said));
        }
    }

    /// Runs it beside this one and does not wait.
    void launch(String... arguments) throws IOException {
        started(ProcessBuilder.Redirect.DISCARD, arguments).getOutputStream().close();
    }

    private Process started(ProcessBuilder.Redirect output, String... arguments) throws IOException {
        return new ProcessBuilder(Stream.concat(Stream.of(file.toString()), Stream.of(arguments))
                        .toList())
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
    }
}
