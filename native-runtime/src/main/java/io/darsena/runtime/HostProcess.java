package io.darsena.runtime;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running `darsena-runtime host`. It ends when its standard input is closed, hence also when this JVM is killed.
final class HostProcess implements RuntimeHost.Launched {

    private static final Logger LOG = LoggerFactory.getLogger(HostProcess.class);
    private static final Duration READY_LIMIT = Duration.ofSeconds(30);
    private static final Duration END_LIMIT = Duration.ofSeconds(2);
    private static final Duration LOG_END_LIMIT = Duration.ofMillis(500);
    private static final int LOOK_INTERVAL_MILLIS = 1;
    private static final String READY = "ready\n";

    private final Process process;
    private final Path runDirectory;
    private final Thread log;
    private volatile String lastWords = "";

    private HostProcess(Process process, Path runDirectory) {
        this.process = process;
        this.runDirectory = runDirectory;
        this.log = Thread.ofPlatform().name("darsena-runtime-log").daemon().start(this::copyLog);
    }

    /// Starts the host and returns when it says that it listens.
    static HostProcess start(Path binary, Path runDirectory, boolean rootless) {
        var command = new ArrayList<String>();
        command.add(binary.toString());
        command.add("host");
        command.add("--run-dir");
        command.add(runDirectory.toString());
        if (rootless) {
            command.add("--rootless");
        }
        try {
            var host = new HostProcess(new ProcessBuilder(command).start(), runDirectory);
            try {
                host.awaitReady();
                return host;
            } catch (IOException | RuntimeException e) {
                host.close();
                throw e;
            }
        } catch (IOException e) {
            throw new RuntimeUnavailableException("cannot start " + binary + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Path socket() {
        return runDirectory.resolve("host.sock");
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /// Closes its standard input and waits a little; a host that does not end is killed.
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitReady() throws IOException {
        InputStream output = process.getInputStream();
        var said = new StringBuilder();
        long deadline = System.nanoTime() + READY_LIMIT.toNanos();
        boolean interrupted = false;
        while (!said.toString().contains("\n")) {
            boolean alive = process.isAlive();
            if (output.available() > 0) {
                said.append((char) output.read());
            } else if (!alive) {
                throw new IOException("it ended with " + process.exitValue() + " before it was ready" + lastWords());
            } else if (System.nanoTime() - deadline > 0) {
                throw new IOException("it was not ready in " + READY_LIMIT.toSeconds() + " s" + lastWords());
            } else {
                interrupted |= !pause();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!said.toString().equals(READY)) {
            throw new IOException("it said '" + said.toString().strip() + "' where 'ready' was expected");
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(LOOK_INTERVAL_MILLIS);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private String lastWords() {
        if (!process.isAlive()) {
            try {
                log.join(LOG_END_LIMIT);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return lastWords.isEmpty() ? "" : "; its last words: " + lastWords;
    }

    private void copyLog() {
        try (BufferedReader log = process.errorReader()) {
            for (String line = log.readLine(); line != null; line = log.readLine()) {
                lastWords = line;
                LOG.info("{}", line);
            }
        } catch (IOException e) {
            LOG.debug("the log of darsena-runtime ended", e);
        }
    }
}
