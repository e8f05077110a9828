package io.darsena.engine.paths;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The run directory while an engine is open. Closed when the runtime has ended and before the lock is let go of, it
/// takes the directory away unless something still runs that needs it: short ones, in `/tmp` or `/run`, have a name of
/// their own for each data directory, and would stay for ever.
public final class RunDirectory implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunDirectory.class);
    private static final int PATIENCE_MILLIS = 1000;
    private static final int STEP_MILLIS = 10;

    /// Fields of `/proc/PID/stat` behind the program's name, up to the start time (proc(5), field 22).
    private static final int START_TICKS = 19;

    private final Path run;
    private final Path containers;

    private RunDirectory(EnginePaths paths) {
        this.run = paths.run();
        this.containers = paths.containerRuns();
    }

    /// Makes it; with the lock held, since an engine that closed meanwhile may have taken it away.
    public static RunDirectory open(EnginePaths paths) {
        PrivateDirectory.ensure(paths.run());
        PrivateDirectory.ensure(paths.containerRuns());
        RunRecord.of(paths.data()).write(paths.run());
        return new RunDirectory(paths);
    }

    @Override
    public void close() {
        try {
            if (isEmpty(containers) && pinHasEnded()) {
                Files.deleteIfExists(pin());
                Files.deleteIfExists(containers);
                deleteRun();
            }
        } catch (DirectoryNotEmptyException used) {
            LOG.debug("{} is used by others", run);
        } catch (IOException failure) {
            LOG.debug("{} stays: {}", run, failure.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// As long as somebody has a socket there, it says whose data it serves.
    private void deleteRun() throws IOException {
        Path owner = EnginePaths.runOwner(run);
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(run)) {
            for (Path entry : entries) {
                if (!entry.equals(owner)) {
                    throw new DirectoryNotEmptyException(run.toString());
                }
            }
        }
        Files.deleteIfExists(owner);
        Files.deleteIfExists(run);
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            return !entries.iterator().hasNext();
        } catch (NoSuchFileException none) {
            return true;
        }
    }

    private Path pin() {
        return run.resolve("pin");
    }

    /// The process that keeps rootless namespaces ends a moment after its host, when nothing lives in them.
    private boolean pinHasEnded() throws IOException, InterruptedException {
        for (int waited = 0; waited < PATIENCE_MILLIS; waited += STEP_MILLIS) {
            if (!pinLives()) {
                return true;
            }
            Thread.sleep(STEP_MILLIS);
        }
        return false;
    }

    private boolean pinLives() throws IOException {
        String[] words;
        try {
            words = Files.readString(pin()).strip().split(" ");
        } catch (NoSuchFileException none) {
            return false;
        }
        return words.length == 2 && words[0].matches("[0-9]{1,9}") && isRunningSince(words[0], words[1]);
    }

    private static boolean isRunningSince(String pid, String startTicks) {
        try {
            String stat = Files.readString(Path.of("/proc", pid, "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return !fields[0].equals("Z") && fields[START_TICKS].equals(startTicks);
        } catch (IOException gone) {
            return false;
        }
    }
}
