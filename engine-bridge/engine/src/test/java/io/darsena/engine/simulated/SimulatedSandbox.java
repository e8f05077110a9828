package io.darsena.engine.simulated;

import io.darsena.bridge.container.LogRecord;
import io.darsena.bridge.container.Signal;
import io.darsena.bridge.fake.SimulatedProcess;
import io.darsena.runtime.SandboxExit;
import io.darsena.runtime.SandboxListener;
import io.darsena.runtime.SandboxOutput;
import io.darsena.runtime.SandboxSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One run of a simulated container, and its monitor: writes the log as a real one would, remembers the end.
public final class SimulatedSandbox {

    private static final AtomicInteger PIDS = new AtomicInteger(70_000);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /// The writable layers of containers by their directory: they outlast runs.
    private static final Map<Path, Map<String, String>> FILES = new ConcurrentHashMap<>();

    private final SandboxSpec spec;
    private final int pid = PIDS.incrementAndGet();
    private final Instant startedAt = Instant.now();
    private final SimulatedProcess process;
    private final List<SimulatedOutput> attachedNow = new ArrayList<>();
    private final List<SandboxOutput.Chunk> early = new ArrayList<>();
    private int awaited;
    private boolean frozen;
    private Optional<SandboxExit> exit = Optional.empty();
    private @Nullable SandboxListener listener;
    private boolean vanished;

    SimulatedSandbox(SandboxSpec spec) {
        this.spec = spec;
        this.awaited = spec.attachments();
        this.process = SimulatedProcess.start(spec.arguments(), new Inside());
    }

    long run() {
        return spec.run();
    }

    int pid() {
        return pid;
    }

    Instant startedAt() {
        return startedAt;
    }

    synchronized Optional<SandboxExit> exit() {
        return exit;
    }

    /// Tells the end, now or later, on another thread.
    synchronized void listen(@Nullable SandboxListener hearer) {
        listener = hearer;
        if (hearer != null && exit.isPresent()) {
            tell(hearer, exit.get());
        }
    }

    private static void tell(SandboxListener hearer, SandboxExit end) {
        Thread.ofVirtual().start(() -> hearer.ended(end));
    }

    void signal(int number) {
        process.signal(number);
    }

    void kill() {
        process.signal(Signal.KILL.number());
    }

    synchronized void vanish() {
        vanished = true;
        kill();
    }

    synchronized void freeze(boolean freeze) {
        frozen = freeze;
        process.freeze(freeze);
    }

    synchronized SimulatedOutput attach(boolean output, boolean errors) {
        SimulatedOutput attached = new SimulatedOutput(output, errors);
        if (awaited > 0) {
            awaited--;
            early.forEach(attached::add);
        }
        attachedNow.add(attached);
        if (exit.isPresent()) {
            attached.end();
        }
        return attached;
    }

    private synchronized void written(SandboxOutput.Chunk chunk) {
        if (awaited > 0) {
            early.add(chunk);
        }
        attachedNow.forEach(attached -> attached.add(chunk));
    }

    synchronized boolean isFrozen() {
        return frozen;
    }

    private synchronized void ended(int code, OptionalInt signal) {
        if (vanished) {
            return;
        }
        SandboxExit end = new SandboxExit(spec.run(), code, signal, startedAt, Instant.now(), false);
        exit = Optional.of(end);
        attachedNow.forEach(SimulatedOutput::end);
        SandboxListener present = listener;
        if (present != null) {
            tell(present, end);
        }
    }

    private final class Inside implements SimulatedProcess.Surroundings {
        @Override
        public Map<String, String> environment() {
            Map<String, String> variables = new HashMap<>(Map.of("HOME", "/root"));
            for (String variable : spec.environment()) {
                int equals = variable.indexOf('=');
                variables.put(variable.substring(0, equals), variable.substring(equals + 1));
            }
            return variables;
        }

        @Override
        public String hostname() {
            return spec.hostname();
        }

        @Override
        public String workingDirectory() {
            return spec.workingDirectory();
        }

        @Override
        public Map<String, String> files() {
            return FILES.computeIfAbsent(spec.stateDirectory(), none -> new ConcurrentHashMap<>());
        }

        @Override
        public void write(LogRecord.Stream stream, byte[] line) {
            byte[] whole = Arrays.copyOf(line, line.length + 1);
            whole[line.length] = '\n';
            written(new SandboxOutput.Chunk(stream == LogRecord.Stream.STDERR, whole));
            String header = TIME.format(Instant.now()) + " " + stream.name().toLowerCase(Locale.ROOT) + " F ";
            try {
                Files.writeString(
                        spec.stateDirectory().resolve("log"),
                        header + new String(line, StandardCharsets.UTF_8) + "\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        @Override
        public void ended(int code, OptionalInt signal) {
            SimulatedSandbox.this.ended(code, signal);
        }
    }
}
