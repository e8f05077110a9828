package io.darsena.runtime;

import io.darsena.runtime.protocol.Frame;
import io.darsena.runtime.protocol.FrameDecoder;
import io.darsena.runtime.protocol.MalformedFrameException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One run of a sandbox as this side knows it. A connection that is lost is made anew; when there is nobody to connect
/// to, the exit record tells the end, and without one the sandbox is lost.
///
/// Made, then `attach`ed once by the same thread. Notices arrive on the event loop.
final class MonitorConnection implements Sandbox {

    private static final Logger LOG = LoggerFactory.getLogger(MonitorConnection.class);
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(10);
    private static final Duration STATE_LIMIT = Duration.ofSeconds(10);
    private static final long PAUSE_NANOS = Duration.ofMillis(25).toNanos();
    private static final int ATTEMPTS = 8;

    /// Where a sandbox lives and which run of it is meant, [ContainerRuntime#ANY_RUN] for whichever there is.
    record Place(Path runDirectory, Path stateDirectory, long run) {
        Path socket() {
            return runDirectory.resolve("monitor.sock");
        }

        boolean means(long told) {
            return run == ContainerRuntime.ANY_RUN || run == told;
        }
    }

    /// What attaching found.
    sealed interface Attached {
        record Live() implements Attached {}

        record Over(ExitRecord end) implements Attached {}

        /// Neither a monitor nor a record of this run.
        record Gone() implements Attached {}
    }

    private final Place place;
    private final SandboxListener listener;
    private final EventLoop loop;
    private final Consumer<MonitorConnection> released;
    private final AtomicBoolean finished = new AtomicBoolean();
    private volatile @Nullable RunningRecord running;
    private volatile @Nullable Conversation conversation;

    /// @param released told once, when this connection needs no more care
    MonitorConnection(Place place, SandboxListener listener, EventLoop loop, Consumer<MonitorConnection> released) {
        this.place = place;
        this.listener = listener;
        this.loop = loop;
        this.released = released;
    }

    @Override
    public long run() {
        return place.run();
    }

    @Override
    public int pid() {
        RunningRecord record = running;
        return record == null ? 0 : record.pid();
    }

    @Override
    public long startTicks() {
        RunningRecord record = running;
        return record == null ? 0 : record.startTicks();
    }

    @Override
    public Instant startedAt() {
        RunningRecord record = running;
        return record == null ? Instant.EPOCH : record.startedAt();
    }

    @Override
    public List<SetupStep> steps() {
        RunningRecord record = running;
        return record == null ? List.of() : record.steps();
    }

    @Override
    public void signal(int number) {
        String purpose = "send signal " + number + " to run " + place.run() + " in " + place.runDirectory();
        long deadline = System.nanoTime() + REQUEST_LIMIT.toNanos();
        while (!finished.get()) {
            Conversation asked = conversation;
            try {
                if (asked != null && !asked.isOver()) {
                    Frame answer = asked.ask(Frame.named("signal").with("signal", number), purpose, REQUEST_LIMIT);
                    if (!answer.name().equals("ok")) {
                        throw new RuntimeUnavailableException(
                                Failures.of(answer).sentence());
                    }
                    return;
                }
            } catch (RuntimeUnavailableException e) {
                if (asked == null || !asked.isOver()) {
                    throw e;
                }
            }
            if (System.nanoTime() - deadline > 0) {
                throw new RuntimeUnavailableException(purpose + ": its monitor cannot be reached");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    @Override
    public Optional<SandboxOutput> attach(boolean output, boolean errors, Duration patience) {
        return MonitorOutput.of(place.socket(), place.run(), output, errors, patience);
    }

    @Override
    public void close() {
        if (finished.compareAndSet(false, true)) {
            release();
        }
    }

    /// Connects and waits until the sandbox runs or has ended.
    ///
    /// @throws RuntimeUnavailableException when the monitor does not tell in time
    Attached attach(Duration limit) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            SocketChannel channel;
            try {
                channel = UnixSocket.connectAtOnce(place.socket());
            } catch (IOException e) {
                if (isListening(e)) {
                    throw new RuntimeUnavailableException(
                            "wait for run " + place.run() + ": its monitor cannot be reached: " + e.getMessage(), e);
                }
                LOG.debug("no monitor answers: {}", e.getMessage());
                return recorded().orElseGet(Attached.Gone::new);
            }
            Optional<Attached> found = converse(channel, limit).or(this::recorded);
            if (found.isPresent()) {
                return found.get();
            }
        }
        return new Attached.Gone();
    }

    /// A socket of a process that has ended refuses; one whose process is stopped is full in the end.
    private boolean isListening(IOException refusal) {
        return !(refusal.getCause() instanceof ConnectException) && Files.exists(place.socket());
    }

    /// The run was over before it could be watched: tells the listener.
    void finish(ExitRecord.Exited end) {
        running = new RunningRecord(0, 0, end.exit().startedAt(), end.steps());
        finish(end.exit());
    }

    /// Tells the listener, if it has not been told and wants to be.
    private void finish(SandboxExit exit) {
        if (finished.compareAndSet(false, true)) {
            if (running == null) {
                running = new RunningRecord(0, 0, exit.startedAt(), List.of());
            }
            Thread.ofVirtual().name("sandbox-ended").start(() -> listener.ended(exit));
            release();
        }
    }

    private Optional<Attached> recorded() {
        return ExitRecord.read(place.stateDirectory(), place.run()).map(Attached.Over::new);
    }

    /// @return empty when the monitor ended before it told anything
    private Optional<Attached> converse(SocketChannel channel, Duration limit) {
        var first = new Answer();
        var talk = new Conversation(
                "the monitor in " + place.runDirectory(),
                channel,
                new FrameDecoder(),
                loop,
                notice -> told(notice, first),
                reason -> disconnected(reason, first));
        conversation = talk;
        try {
            talk.begin();
            return Optional.of(attached(first.await("wait for run " + place.run(), limit)));
        } catch (IOException e) {
            throw new RuntimeUnavailableException("cannot listen to a monitor: " + e.getMessage(), e);
        } catch (RuntimeUnavailableException e) {
            if (talk.isOver()) {
                return Optional.empty();
            }
            talk.close();
            throw e;
        }
    }

    private Attached attached(Frame state) {
        if (!place.means(state.number("run"))) {
            close();
            return new Attached.Gone();
        }
        return switch (state.name()) {
            case "running" -> new Attached.Live();
            case "failed" -> new Attached.Over(ExitRecord.neverStarted(state));
            default -> new Attached.Over(ExitRecord.exited(state));
        };
    }

    /// On the event loop.
    private void told(Frame notice, Answer first) {
        boolean thisRun = place.means(notice.number("run"));
        switch (notice.name()) {
            case "running" -> {
                if (thisRun) {
                    running = RunningRecord.of(notice);
                }
                first.complete(notice);
            }
            case "exited" -> {
                ExitRecord.Exited end = ExitRecord.exited(notice);
                if (thisRun && running != null) {
                    finish(end.exit());
                }
                first.complete(notice);
            }
            case "failed" -> first.complete(notice);
            case "starting" -> LOG.trace("{}", notice);
            default -> throw new MalformedFrameException("a monitor does not say " + notice.name());
        }
    }

    /// On the event loop. Whoever waits for the first state looks further by itself.
    private void disconnected(RuntimeException reason, Answer first) {
        boolean attached = first.isComplete();
        first.fail(reason);
        if (attached && running != null && !finished.get()) {
            LOG.info("run {} in {}: {}", place.run(), place.runDirectory(), reason.getMessage());
            Thread.ofVirtual().name("sandbox-search").start(this::findOut);
        }
    }

    private void findOut() {
        for (int attempt = 0; attempt < ATTEMPTS && !finished.get(); attempt++) {
            try {
                switch (attach(STATE_LIMIT)) {
                    case Attached.Live() -> {
                        return;
                    }
                    case Attached.Over(ExitRecord.Exited end) -> finish(end.exit());
                    case Attached.Over(ExitRecord.NeverStarted end) ->
                        LOG.warn(
                                "run {} did start, and yet its record says {}",
                                end.run(),
                                end.failure().sentence());
                    case Attached.Gone() -> LOG.debug("run {} cannot be found", place.run());
                }
            } catch (RuntimeException e) {
                LOG.warn("cannot find out how run {} in {} ended", place.run(), place.runDirectory(), e);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        finish(ExitRecord.lost(place.run(), startedAt()));
    }

    private void release() {
        Conversation last = conversation;
        if (last != null) {
            last.close();
        }
        released.accept(this);
    }
}
