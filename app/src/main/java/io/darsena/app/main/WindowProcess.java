package io.darsena.app.main;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A window in a process of its own, as [WindowBench] sees it from outside. Closing it ends the process.
///
/// @param home what stands in for the person's home, so that neither is disturbed by the other
record WindowProcess(Process process, long firstFrameMillis, Path home) implements AutoCloseable {

    private static final String ANNOUNCEMENT = "first-frame-ms=";

    /// Starts it and waits for its first frame.
    static WindowProcess launch(List<String> command, Path root) throws IOException {
        Path home = Files.createDirectories(root.resolve("home"));
        List<String> whole = new ArrayList<>(command);
        whole.add("--root");
        whole.add(root.resolve("engine").toString());
        ProcessBuilder builder = new ProcessBuilder(whole).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("HOME", home.toString());
        builder.environment().put("XDG_CONFIG_HOME", home.toString());
        Process process = builder.start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(ANNOUNCEMENT)) {
                return new WindowProcess(process, Long.parseLong(line.substring(ANNOUNCEMENT.length())), home);
            }
        }
        throw new IOException("cannot measure the window: it ended before its first frame");
    }

    /// Processor time so far, of all its threads.
    double processorTicks() throws IOException {
        String stat = Files.readString(proc("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Double.parseDouble(fields[11]) + Double.parseDouble(fields[12]);
    }

    long residentKib() throws IOException {
        return Files.readAllLines(proc("status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    private Path proc(String file) {
        return Path.of("/proc", Long.toString(process.pid()), file);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
