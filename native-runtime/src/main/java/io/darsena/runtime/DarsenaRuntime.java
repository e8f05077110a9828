package io.darsena.runtime;

import io.darsena.runtime.protocol.Frame;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The runtime as it is: a `darsena-runtime host`, and the monitors and extractors it forks.
public final class DarsenaRuntime implements ContainerRuntime {

    private static final Logger LOG = LoggerFactory.getLogger(DarsenaRuntime.class);
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(30);
    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    /// For what a monitor has ready to tell. Whoever opens an engine waits for it.
    private static final Duration STATE_LIMIT = Duration.ofSeconds(5);

    private static final Duration TREE_LIMIT = Duration.ofHours(1);

    private final Path runDirectory;
    private final EventLoop loop = new EventLoop();
    private final RuntimeHost host;
    private final Set<MonitorConnection> attached = ConcurrentHashMap.newKeySet();
    private final AtomicLong sockets = new AtomicLong();

    DarsenaRuntime(RuntimeHost.Launcher launcher, Path runDirectory) {
        this.runDirectory = runDirectory;
        this.host = new RuntimeHost(launcher, loop);
    }

    /// Starts a host and greets it.
    ///
    /// @param runDirectory existing, this user's alone; sockets are made in it
    /// @param rootless containers live in a user namespace; what an ordinary user needs
    public static DarsenaRuntime open(RuntimeBinary binary, Path runDirectory, boolean rootless) {
        var runtime = new DarsenaRuntime(() -> HostProcess.start(binary.path(), runDirectory, rootless), runDirectory);
        try {
            runtime.host.greeting();
            return runtime;
        } catch (RuntimeException e) {
            runtime.close();
            throw e;
        }
    }

    @Override
    public RuntimeFacts facts() {
        Frame greeting = host.greeting();
        boolean rootless = greeting.value("userns").orElse("0").equals("1");
        List<RuntimeFacts.Reduction> reductions = greeting.values("reduced").stream()
                .flatMap(text -> reduction(text).stream())
                .toList();
        boolean singleUid = rootless && mappedIds(greeting.values("uid-map")) == 1;
        return new RuntimeFacts(greeting.value("release").orElse(""), rootless, singleUid, reductions);
    }

    @Override
    public Sandbox start(SandboxSpec spec, SandboxListener listener) {
        var place = new MonitorConnection.Place(spec.runDirectory(), spec.stateDirectory(), spec.run());
        Optional<RuntimeUnavailableException> doubt = requestStart(spec);
        MonitorConnection sandbox = connection(place, listener);
        return switch (attached(sandbox, START_LIMIT)) {
            case MonitorConnection.Attached.Live() -> sandbox;
            case MonitorConnection.Attached.Over(ExitRecord.Exited end) -> {
                sandbox.finish(end);
                yield sandbox;
            }
            case MonitorConnection.Attached.Over(ExitRecord.NeverStarted end) -> {
                sandbox.close();
                throw new SandboxStartException(end.failure());
            }
            case MonitorConnection.Attached.Gone() -> {
                sandbox.close();
                throw doubt.isPresent() ? doubt.get() : new SandboxStartException(monitorGone(place));
            }
        };
    }

    @Override
    public void expectStart() {
        Thread.ofVirtual().name("prepare").start(() -> {
            try {
                host.ask(Frame.named("prepare"), "prepare a start", REQUEST_LIMIT);
            } catch (RuntimeUnavailableException unavailable) {
                LOG.debug("a start is not prepared: {}", unavailable.getMessage());
            }
        });
    }

    @Override
    public Optional<Reconnected> reconnect(Path runDirectory, Path stateDirectory, long run, SandboxListener listener) {
        var place = new MonitorConnection.Place(runDirectory, stateDirectory, run);
        MonitorConnection sandbox = connection(place, listener);
        MonitorConnection.Attached found = attached(sandbox, STATE_LIMIT);
        if (found instanceof MonitorConnection.Attached.Live) {
            return Optional.of(new Reconnected.Alive(sandbox));
        }
        sandbox.close();
        return switch (found) {
            case MonitorConnection.Attached.Live() -> throw new AssertionError("handled above");
            case MonitorConnection.Attached.Over(ExitRecord.Exited end) ->
                Optional.of(new Reconnected.Ended(end.exit()));
            case MonitorConnection.Attached.Over(ExitRecord.NeverStarted end) ->
                Optional.of(new Reconnected.Ended(exitOf(end)));
            case MonitorConnection.Attached.Gone() -> Optional.empty();
        };
    }

    @Override
    public LayerExtraction extract(Path target, Path index) {
        Path socket = socketFor("extract");
        Frame.Builder request = Frame.named("extract")
                .with("socket", socket.toAbsolutePath())
                .with("target", target.toAbsolutePath())
                .with("index", index.toAbsolutePath())
                .with("compression", "auto");
        succeeded(host.ask(request, "unpack a layer into " + target, REQUEST_LIMIT));
        try {
            return new SocketExtraction(UnixSocket.connect(socket));
        } catch (IOException e) {
            throw new RuntimeUnavailableException("unpack a layer into " + target + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void delete(Path tree) {
        succeeded(host.askRepeatably(
                () -> Frame.named("delete").with("path", tree.toAbsolutePath()), "delete " + tree, TREE_LIMIT));
    }

    @Override
    public void makeDirectory(Path directory, int mode) {
        succeeded(host.askRepeatably(
                () -> Frame.named("make-dir")
                        .with("path", directory.toAbsolutePath())
                        .with("mode", Integer.toOctalString(mode)),
                "make directory " + directory,
                REQUEST_LIMIT));
    }

    @Override
    public TreeUsage usage(Path tree) {
        Frame told = succeeded(host.askRepeatably(
                () -> Frame.named("usage").with("path", tree.toAbsolutePath()), "measure " + tree, TREE_LIMIT));
        return new TreeUsage(told.number("bytes"), told.number("files"));
    }

    @Override
    public TreeListing list(Path root, Path index, List<Path> below) {
        Frame told = succeeded(host.askRepeatably(
                () -> Frame.named("list")
                        .with("root", root.toAbsolutePath())
                        .with("index", index.toAbsolutePath())
                        .withAll("lower", topmostFirst(below)),
                "list " + root,
                TREE_LIMIT));
        return new TreeListing(told.number("entries"), told.number("bytes"), told.number("skipped"));
    }

    private static List<Path> topmostFirst(List<Path> layers) {
        return layers.reversed().stream().map(Path::toAbsolutePath).toList();
    }

    @Override
    public void revert(Reversion reversion) {
        for (List<String> records : RevertRecords.batches(reversion.steps())) {
            Frame answer = host.askRepeatably(
                    () -> request(reversion.place())
                            .withAll("lower", topmostFirst(reversion.layers()))
                            .withAll("path", records),
                    "revert files",
                    TREE_LIMIT);
            if (!answer.name().equals("ok")) {
                RuntimeFailure failure = Failures.of(answer);
                throw RevertRefusedException.tells(failure)
                        ? new RevertRefusedException(failure)
                        : new RuntimeUnavailableException(failure.sentence());
            }
        }
    }

    private static Frame.Builder request(Reversion.Place place) {
        Frame.Builder request = Frame.named("revert");
        return switch (place) {
            case Reversion.Stored(Path upper, Path trash) ->
                request.with("upper", upper.toAbsolutePath()).with("trash", trash.toAbsolutePath());
            case Reversion.Mounted(int pid, long startTicks) ->
                request.with("pid", pid).with("start-ticks", startTicks);
        };
    }

    @Override
    public TreeArchive archive(List<Path> roots, ArchiveForm form, ArchivePlan plan) {
        String purpose = "archive " + roots.getFirst();
        Path socket = socketFor("archive");
        Frame.Builder request = Frame.named("archive")
                .with("socket", socket.toAbsolutePath())
                .withAll("root", roots.stream().map(Path::toAbsolutePath).toList())
                .with("form", form.word());
        succeeded(host.ask(request, purpose, REQUEST_LIMIT));
        try {
            var archive = new SocketArchive(UnixSocket.connect(socket), purpose);
            archive.begin(plan);
            return archive;
        } catch (IOException e) {
            throw new RuntimeUnavailableException(purpose + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        List.copyOf(attached).forEach(MonitorConnection::close);
        host.close();
        loop.close();
    }

    private Path socketFor(String work) {
        return runDirectory.resolve(
                work + "-" + ProcessHandle.current().pid() + "-" + sockets.incrementAndGet() + ".sock");
    }

    /// @return why it is not known whether the sandbox was started: the host died over the request
    private Optional<RuntimeUnavailableException> requestStart(SandboxSpec spec) {
        Frame answer;
        try {
            answer = host.ask(StartRequest.of(spec), "start " + spec.id(), REQUEST_LIMIT);
        } catch (RuntimeUnavailableException e) {
            return Optional.of(e);
        }
        if (!answer.name().equals("ok")) {
            throw new SandboxStartException(Failures.of(answer));
        }
        return Optional.empty();
    }

    private MonitorConnection connection(MonitorConnection.Place place, SandboxListener listener) {
        var connection = new MonitorConnection(place, listener, loop, attached::remove);
        attached.add(connection);
        return connection;
    }

    private static MonitorConnection.Attached attached(MonitorConnection sandbox, Duration limit) {
        try {
            return sandbox.attach(limit);
        } catch (RuntimeException e) {
            sandbox.close();
            throw e;
        }
    }

    private static Frame succeeded(Frame answer) {
        if (!answer.name().equals("ok")) {
            throw new RuntimeUnavailableException(Failures.of(answer).sentence());
        }
        return answer;
    }

    private static RuntimeFailure monitorGone(MonitorConnection.Place place) {
        return new RuntimeFailure(
                "monitor",
                "start run " + place.run() + " in",
                place.runDirectory().toString(),
                OptionalInt.empty(),
                "its monitor ended before it told how the start went",
                "the log of darsena-runtime may tell why");
    }

    /// A start that failed while no engine was there to hear it, with the exit code that Docker gives it.
    private static SandboxExit exitOf(ExitRecord.NeverStarted end) {
        int code = 128;
        if (end.failure().stage().equals("command")) {
            code = end.failure().errno().orElse(0) == 13 ? 126 : 127;
        }
        Instant now = Instant.now();
        return new SandboxExit(end.run(), code, OptionalInt.empty(), now, now, false);
    }

    private static Optional<RuntimeFacts.Reduction> reduction(String text) {
        String[] parts = text.split(":", 2);
        Optional<RuntimeFacts.Lack> lack = RuntimeFacts.Lack.of(parts[0]);
        if (lack.isEmpty()) {
            LOG.warn("darsena-runtime tells of a reduction that nobody here knows: {}", text);
        }
        return lack.map(known -> new RuntimeFacts.Reduction(known, parts.length == 1 ? "" : parts[1].strip()));
    }

    /// The third column of /proc/PID/uid_map is how many ids a line maps.
    private static long mappedIds(List<String> map) {
        return map.stream()
                .map(line -> line.strip().split(" +"))
                .filter(columns ->
                        columns.length == 3 && Arrays.stream(columns).allMatch(c -> c.matches("[0-9]{1,10}")))
                .mapToLong(columns -> Long.parseLong(columns[2]))
                .sum();
    }
}
