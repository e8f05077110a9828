package io.darsena.bridge.fake;

import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.Container.Activity;
import io.darsena.bridge.container.Container.HistoryEntry;
import io.darsena.bridge.container.Container.StartStep;
import io.darsena.bridge.container.ContainerState;
import io.darsena.bridge.container.ContainerState.ExitCause;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.container.Lifecycle;
import io.darsena.bridge.container.Lifecycle.Trigger;
import io.darsena.bridge.container.LifecycleRefusal;
import io.darsena.bridge.container.LogRecord;
import io.darsena.bridge.container.Signal;
import io.darsena.bridge.container.StopOptions;
import io.darsena.bridge.error.DeniedException;
import io.darsena.bridge.error.EngineException;
import io.darsena.bridge.error.InvalidRequestException;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.event.EngineEvent.ContainerAction;
import io.darsena.bridge.event.EngineEvent.ContainerChanged;
import io.darsena.bridge.trash.TrashRefusal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One simulated container. `commands` lets one command run at a time; `this` guards what it is.
final class FakeContainer {

    private static final AtomicInteger PIDS = new AtomicInteger(4000);
    private static final int HISTORY = 50;

    private final FakeEngine engine;
    private final ReentrantLock commands = new ReentrantLock();
    private final Map<String, String> files = new ConcurrentHashMap<>();
    final FakeLog log = new FakeLog();

    private volatile Container now;
    private @Nullable SimulatedProcess process;
    private Optional<Trigger> intent = Optional.empty();
    private boolean outOfMemory;
    private int ends;
    private ContainerState.@Nullable Exited lastEnd;
    private boolean gone;

    FakeContainer(FakeEngine engine, Container created) {
        this.engine = engine;
        this.now = created;
    }

    Container now() {
        return now;
    }

    void start() {
        if (already(Trigger.START)) {
            return;
        }
        command(Trigger.START, Activity.STARTING, () -> {
            if (already(Trigger.START)) {
                return;
            }
            require(Trigger.START);
            engine.waitWhileHeld("start");
            launch(Trigger.START);
        });
    }

    private void launch(Trigger trigger) {
        engine.failIfAsked("start");
        if (!SimulatedProcess.exists(now.arguments())) {
            InvalidRequestException failure = new InvalidRequestException(
                    "start",
                    "container " + now.name(),
                    "its command '" + now.arguments().getFirst() + "' is not found in the image",
                    "give a command that the image holds");
            failed(failure, ExitCause.ENDED, 127);
            throw failure;
        }
        synchronized (this) {
            intent = Optional.empty();
            log.running(true);
            process = SimulatedProcess.start(now.arguments(), new Inside());
            int pid = PIDS.incrementAndGet();
            ContainerState running = new ContainerState.Running(pid, Instant.now());
            List<StartStep> steps = FakeStart.steps(now, pid);
            now = copy(now.name(), now.activity(), now.runs() + 1, steps, Optional.empty());
            move(trigger, running, ContainerAction.START);
            notifyAll();
        }
    }

    private synchronized void failed(EngineException failure, ExitCause cause, int code) {
        now = copy(
                now.name(),
                now.activity(),
                now.runs() + 1,
                now.startSteps(),
                Optional.of(String.valueOf(failure.getMessage())));
        if (now.status() == ContainerStatus.RESTARTING) {
            Instant at = Instant.now();
            ContainerState.Exited exited = new ContainerState.Exited(code, OptionalInt.empty(), cause, at, at);
            end(exited);
            move(Trigger.RESTART_FAILED, exited, ContainerAction.DIE);
        }
    }

    void pause() {
        command(Trigger.PAUSE, null, () -> {
            require(Trigger.PAUSE);
            engine.failIfAsked("pause");
            if (!engine.hasFreezer()) {
                throw new DeniedException(
                        "pause",
                        "container " + now.name(),
                        "this session has no cgroup of its own, so there is no freezer",
                        "log in through systemd, or start the engine as root");
            }
            engine.waitWhileHeld("pause");
            synchronized (this) {
                require(Trigger.PAUSE);
                live().freeze(true);
                ContainerState.Running running = (ContainerState.Running) now.state();
                move(
                        Trigger.PAUSE,
                        new ContainerState.Paused(running.pid(), running.since(), Instant.now()),
                        ContainerAction.PAUSE);
            }
        });
    }

    void resume() {
        command(Trigger.RESUME, null, () -> {
            require(Trigger.RESUME);
            engine.failIfAsked("resume");
            synchronized (this) {
                require(Trigger.RESUME);
                thaw(Trigger.RESUME);
            }
        });
    }

    private void thaw(Trigger trigger) {
        if (now.state() instanceof ContainerState.Paused paused) {
            if (trigger == Trigger.RESUME) {
                move(trigger, new ContainerState.Running(paused.pid(), paused.startedAt()), ContainerAction.UNPAUSE);
            }
            live().freeze(false);
        }
    }

    private SimulatedProcess live() {
        SimulatedProcess present = process;
        if (present == null) {
            throw new IllegalStateException(now.name() + " has no process");
        }
        return present;
    }

    void stop(StopOptions options) {
        if (already(Trigger.STOP)) {
            return;
        }
        command(Trigger.STOP, Activity.STOPPING, () -> {
            if (already(Trigger.STOP)) {
                return;
            }
            require(Trigger.STOP);
            engine.failIfAsked("stop");
            end(Trigger.STOP, options);
        });
    }

    private void end(Trigger trigger, StopOptions options) {
        Duration patience = options.timeout().or(() -> now.spec().stopTimeout()).orElse(Duration.ofSeconds(10));
        Signal signal = options.signal()
                .or(() -> now.spec().stopSignal().map(Signal::parse))
                .orElse(Signal.TERM);
        engine.waitWhileHeld("stop");
        synchronized (this) {
            int before = ends;
            if (process == null) {
                return;
            }
            intent = Optional.of(trigger);
            live().signal(signal.number());
            thaw(trigger);
            awaitEnd(before, patience);
            if (ends == before) {
                live().signal(Signal.KILL.number());
                awaitEnd(before, Duration.ofDays(1));
            }
        }
    }

    private synchronized void awaitEnd(int before, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (ends == before) {
                long left = (deadline - System.nanoTime() + 999_999) / 1_000_000;
                if (left <= 0) {
                    return;
                }
                wait(left);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Does not wait for the command that is going on: a kill overtakes a stop.
    void kill(Signal signal) {
        engine.failIfAsked("kill");
        if (now.activity().equals(Optional.of(Activity.STARTING))) {
            commands.lock();
            commands.unlock();
        }
        synchronized (this) {
            require(Trigger.KILL);
            int before = ends;
            boolean fatal = signal.equals(Signal.KILL);
            if (process == null) {
                intent = Optional.of(Trigger.KILL);
                awaitEnd(before, Duration.ofDays(1));
                return;
            }
            if (fatal) {
                intent = Optional.of(Trigger.KILL);
            }
            live().signal(signal.number());
            publish(ContainerAction.KILL);
            if (fatal) {
                awaitEnd(before, Duration.ofDays(1));
            }
        }
    }

    /// As the kernel does it to one that needs more than its limit.
    synchronized void runOutOfMemory() {
        outOfMemory = true;
        live().signal(Signal.KILL.number());
    }

    void restart(StopOptions options) {
        command(Trigger.RESTART, Activity.RESTARTING, () -> {
            require(Trigger.RESTART);
            engine.failIfAsked("restart");
            if (now.status() == ContainerStatus.EXITED) {
                intent = Optional.of(Trigger.RESTART);
                move(Trigger.RESTART, new ContainerState.Restarting(Instant.now()), ContainerAction.ACTIVITY);
            } else {
                end(Trigger.RESTART, options);
            }
            engine.waitWhileHeld("restart");
            synchronized (this) {
                Optional<Trigger> overtaken = intent.filter(wish -> wish == Trigger.KILL || wish == Trigger.STOP);
                if (overtaken.isPresent()) {
                    if (now.status() == ContainerStatus.RESTARTING) {
                        Instant at = Instant.now();
                        ContainerState.Exited exited =
                                new ContainerState.Exited(137, OptionalInt.empty(), ExitCause.KILLED, at, at);
                        end(exited);
                        move(overtaken.get(), exited, ContainerAction.STOP);
                    }
                    return;
                }
            }
            launch(Trigger.RESTARTED);
            publish(ContainerAction.RESTART);
        });
    }

    void remove(boolean force) {
        Trigger trigger = force ? Trigger.FORCE_REMOVE : Trigger.REMOVE;
        require(trigger);
        if (force && commands.isLocked()) {
            killFor(Trigger.KILL);
        }
        command(trigger, Activity.REMOVING, () -> {
            require(trigger);
            synchronized (this) {
                int before = ends;
                if (killFor(Trigger.FORCE_REMOVE)) {
                    awaitEnd(before, Duration.ofDays(1));
                }
            }
            removeNow(trigger);
        });
    }

    /// @param wish what the end shall be counted as
    /// @return whether there was a process
    private synchronized boolean killFor(Trigger wish) {
        if (process == null) {
            return false;
        }
        intent = Optional.of(wish);
        live().signal(Signal.KILL.number());
        return true;
    }

    private void removeNow(Trigger trigger) {
        if (now.status() != ContainerStatus.REMOVING) {
            move(trigger, new ContainerState.Removing(Instant.now()), ContainerAction.ACTIVITY);
        }
        engine.waitWhileHeld("remove");
        try {
            engine.failIfAsked("remove");
        } catch (EngineException failure) {
            move(
                    Trigger.REMOVE_FAILED,
                    new ContainerState.Dead(failure.reason(), Instant.now()),
                    ContainerAction.ACTIVITY);
            throw failure;
        }
        engine.containers().removed(this);
        log.remove();
        synchronized (this) {
            gone = true;
            notifyAll();
        }
    }

    /// @param keep puts it into the trash
    void putAway(Consumer<FakeContainer> keep) {
        if (!TrashRefusal.accepts(now.status())) {
            throw TrashRefusal.put(now.name(), now.status());
        }
        command(null, null, () -> {
            if (!TrashRefusal.accepts(now.status())) {
                throw TrashRefusal.put(now.name(), now.status());
            }
            synchronized (this) {
                gone = true;
                notifyAll();
            }
            keep.accept(this);
            log.remove();
        });
    }

    synchronized void comeBack(String name) {
        now = copy(name, now.activity(), now.runs(), now.startSteps(), now.lastError());
        gone = false;
        log.reopen();
    }

    /// As it would be in another state.
    synchronized Container in(ContainerState state) {
        Container old = now;
        return new Container(
                old.id(),
                old.name(),
                old.spec(),
                old.image(),
                old.imageName(),
                old.arguments(),
                state,
                old.activity(),
                old.createdAt(),
                old.runs(),
                old.history(),
                old.startSteps(),
                old.lastError());
    }

    void rename(String name) {
        command(null, null, () -> {
            engine.failIfAsked("rename");
            engine.containers().claim(name, this, () -> {
                now = copy(name, now.activity(), now.runs(), now.startSteps(), now.lastError());
            });
            publish(ContainerAction.RENAME);
        });
    }

    synchronized ContainerState.Exited await() throws InterruptedException {
        if (now.state() instanceof ContainerState.Exited exited) {
            return exited;
        }
        int before = ends;
        while (ends == before && !gone) {
            wait();
        }
        ContainerState.Exited end = lastEnd;
        if (end == null) {
            throw new NotFoundException("await", "container " + now.name(), "it was removed without having run", "");
        }
        return end;
    }

    private void command(@Nullable Trigger trigger, @Nullable Activity activity, Runnable body) {
        if (trigger != null) {
            refuseInTransit(trigger);
        }
        commands.lock();
        try {
            if (gone) {
                throw FakeContainers.noSuch(now.id().shortId());
            }
            activity(Optional.ofNullable(activity));
            try {
                body.run();
            } finally {
                activity(Optional.empty());
            }
        } finally {
            commands.unlock();
        }
    }

    /// While it restarts or is being removed, an impossible request is refused at once, and a stop overtakes.
    private synchronized void refuseInTransit(Trigger trigger) {
        if (now.status() == ContainerStatus.RESTARTING || now.status() == ContainerStatus.REMOVING) {
            require(trigger);
            if (trigger == Trigger.STOP || trigger == Trigger.FORCE_REMOVE) {
                intent = Optional.of(trigger == Trigger.STOP ? Trigger.STOP : Trigger.KILL);
            }
        }
    }

    private synchronized void activity(Optional<Activity> activity) {
        if (!gone && !now.activity().equals(activity)) {
            now = copy(now.name(), activity, now.runs(), now.startSteps(), now.lastError());
            publish(ContainerAction.ACTIVITY);
        }
    }

    private boolean already(Trigger trigger) {
        return LifecycleRefusal.isAlreadySo(now.status(), trigger);
    }

    private void require(Trigger trigger) {
        if (Lifecycle.target(now.status(), trigger).isEmpty()) {
            throw LifecycleRefusal.of(trigger, now.name(), now.status());
        }
    }

    private synchronized void move(Trigger trigger, ContainerState to, ContainerAction action) {
        if (!Lifecycle.target(now.status(), trigger).equals(Optional.of(to.status()))) {
            throw new IllegalStateException(now.status() + " does not go by " + trigger + " to " + to.status());
        }
        List<HistoryEntry> history = new ArrayList<>(now.history());
        Instant at = trigger == Trigger.RESUME ? Instant.now() : to.since();
        history.add(new HistoryEntry(to.status(), Optional.of(trigger), at));
        List<HistoryEntry> kept = history.subList(Math.max(0, history.size() - HISTORY), history.size());
        Container old = now;
        now = new Container(
                old.id(),
                old.name(),
                old.spec(),
                old.image(),
                old.imageName(),
                old.arguments(),
                to,
                old.activity(),
                old.createdAt(),
                old.runs(),
                kept,
                old.startSteps(),
                old.lastError());
        publish(action);
    }

    private Container copy(
            String name, Optional<Activity> activity, long runs, List<StartStep> steps, Optional<String> lastError) {
        Container old = now;
        return new Container(
                old.id(),
                name,
                old.spec(),
                old.image(),
                old.imageName(),
                old.arguments(),
                old.state(),
                activity,
                old.createdAt(),
                runs,
                old.history(),
                steps,
                lastError);
    }

    private void publish(ContainerAction action) {
        Optional<ContainerState.Exited> end =
                action == ContainerAction.DIE ? Optional.ofNullable(lastEnd) : Optional.empty();
        engine.hub().publish(() -> new ContainerChanged(now, action, end, Instant.now()));
    }

    private void end(ContainerState.Exited exited) {
        lastEnd = exited;
        ends++;
        notifyAll();
    }

    private synchronized void processEnded(int code, OptionalInt signal) {
        process = null;
        log.running(false);
        Instant startedAt = switch (now.state()) {
            case ContainerState.Running running -> running.since();
            case ContainerState.Paused paused -> paused.startedAt();
            default -> throw new IllegalStateException("a process ended in state " + now.status());
        };
        Trigger trigger = intent.orElse(Trigger.PROCESS_ENDED);
        ExitCause cause = switch (trigger) {
            case KILL, FORCE_REMOVE -> ExitCause.KILLED;
            case STOP, RESTART -> signal.isPresent() ? ExitCause.KILLED : ExitCause.STOPPED;
            default -> outOfMemory ? ExitCause.OUT_OF_MEMORY : ExitCause.ENDED;
        };
        outOfMemory = false;
        if (cause == ExitCause.OUT_OF_MEMORY) {
            publish(ContainerAction.OOM);
        }
        ContainerState.Exited exited = new ContainerState.Exited(code, signal, cause, startedAt, Instant.now());
        end(exited);
        ContainerState next = switch (trigger) {
            case RESTART -> new ContainerState.Restarting(exited.since());
            case FORCE_REMOVE -> new ContainerState.Removing(exited.since());
            default -> exited;
        };
        move(trigger, next, ContainerAction.DIE);
        if (trigger == Trigger.STOP) {
            publish(ContainerAction.STOP);
        }
        if (now.spec().autoRemove() && next.equals(exited)) {
            Thread.ofVirtual().start(this::autoRemove);
        }
    }

    private void autoRemove() {
        command(null, Activity.REMOVING, () -> {
            if (now.status() == ContainerStatus.EXITED) {
                removeNow(Trigger.REMOVE);
            }
        });
    }

    private final class Inside implements SimulatedProcess.Surroundings {
        @Override
        public Map<String, String> environment() {
            Map<String, String> variables = new HashMap<>(Map.of("HOSTNAME", hostname(), "HOME", "/root"));
            for (String variable : now.spec().environment()) {
                int equals = variable.indexOf('=');
                variables.put(variable.substring(0, equals), variable.substring(equals + 1));
            }
            return variables;
        }

        @Override
        public String hostname() {
            return now.spec().hostname().orElse(now.id().shortId());
        }

        @Override
        public String workingDirectory() {
            return now.spec().workingDirectory().orElse("/");
        }

        @Override
        public Map<String, String> files() {
            return files;
        }

        @Override
        public void write(LogRecord.Stream stream, byte[] line) {
            log.append(stream, line);
        }

        @Override
        public void ended(int code, OptionalInt signal) {
            processEnded(code, signal);
        }
    }
}
