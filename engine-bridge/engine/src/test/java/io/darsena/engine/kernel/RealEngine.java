package io.darsena.engine.kernel;

import io.darsena.bridge.Engine;
import io.darsena.bridge.Subscription;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.ContainerState;
import io.darsena.bridge.container.Containers;
import io.darsena.bridge.container.LogQuery;
import io.darsena.bridge.container.LogRecord;
import io.darsena.bridge.contract.LogCollector;
import io.darsena.engine.InProcessEngine;
import io.darsena.engine.LinuxMachine;
import io.darsena.engine.Machine;
import io.darsena.engine.paths.EnginePaths;
import io.darsena.engine.starter.StarterImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/// An engine on this machine's kernel with what tests do with it again and again.
final class RealEngine implements AutoCloseable {

    private final EnginePaths paths;
    private final Engine engine;

    RealEngine(Path root) {
        this(root, new LinuxMachine());
    }

    RealEngine(Path root, Machine machine) {
        this(EnginePaths.under(root), machine);
    }

    RealEngine(EnginePaths paths, Machine machine) {
        this.paths = paths;
        this.engine = InProcessEngine.open(paths, machine);
    }

    /// How a container ended and what it said.
    record Outcome(ContainerId id, ContainerState.Exited end, List<String> out, List<String> err) {
        int code() {
            return end.code();
        }

        String said() {
            return String.join("\n", out);
        }
    }

    Engine engine() {
        return engine;
    }

    EnginePaths paths() {
        return paths;
    }

    Containers containers() {
        return engine.containers();
    }

    /// Whether containers have control groups here, with limits and a freezer. Neither needs the controller `io`, which
    /// systemd does not delegate to the users of a desktop.
    boolean hasCgroups() {
        return engine.description().reductions().stream()
                .filter(reduction -> reduction.key().startsWith("cgroup-"))
                .allMatch(reduction -> reduction.reason().endsWith(" need: io"));
    }

    static ContainerSpec spec(String... command) {
        return ContainerSpec.of(StarterImage.NAME.toString()).withCommand(List.of(command));
    }

    Outcome shell(String script) {
        return run(spec("sh", "-c", script));
    }

    Outcome run(ContainerSpec spec) {
        ContainerId id = containers().create(spec);
        return run(id);
    }

    Outcome run(ContainerId id) {
        containers().start(id);
        ContainerState.Exited end = containers().await(id);
        LogCollector log = log(id);
        return new Outcome(id, end, lines(log, LogRecord.Stream.STDOUT), lines(log, LogRecord.Stream.STDERR));
    }

    /// All that it has said, in every run.
    List<String> out(ContainerId id) {
        return lines(log(id), LogRecord.Stream.STDOUT);
    }

    private LogCollector log(ContainerId id) {
        LogCollector log = new LogCollector();
        containers().logs(id, LogQuery.ALL, log);
        log.awaitEnd();
        return log;
    }

    private static List<String> lines(LogCollector log, LogRecord.Stream stream) {
        return log.all().stream()
                .filter(record -> record.stream() == stream)
                .map(LogRecord::line)
                .toList();
    }

    /// Starts a container that says `ready` when it is.
    ContainerId ready(ContainerSpec spec) {
        return ready(spec, id -> {});
    }

    /// @param before done with the container before it is started
    ContainerId ready(ContainerSpec spec, Consumer<ContainerId> before) {
        ContainerId id = containers().create(spec);
        before.accept(id);
        containers().start(id);
        LogCollector log = new LogCollector();
        try (Subscription reading = containers().logs(id, LogQuery.ALL.withFollow(true), log)) {
            log.awaitLine("ready");
        }
        return id;
    }

    ContainerId endless() {
        return ready(spec("sh", "-c", "trap 'exit 0' TERM; echo ready; while :; do sleep 0.05; done"));
    }

    int pid(ContainerId id) {
        return containers().container(id).state().runningPid().orElseThrow();
    }

    /// Puts a program into a container's writable layer.
    void install(ContainerId id, Path program) {
        try {
            Path into = paths.container(id).resolve("upper").resolve(program.getFileName());
            Files.copy(program, into);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// A program that the build made of a source in `src/test/c`.
    static Path probe(String name) {
        try {
            return Path.of(Objects.requireNonNull(RealEngine.class.getResource("/probes/" + name), name)
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    void removeAll() {
        for (Container container : containers().list()) {
            containers().forceRemove(container.id());
        }
    }

    @Override
    public void close() {
        removeAll();
        engine.close();
    }
}
