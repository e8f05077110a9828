package io.darsena.bridge.fake;

import io.darsena.bridge.container.LogRecord;
import io.darsena.bridge.container.Signal;
import io.darsena.bridge.fake.SimulatedScript.Statement;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The first process of a simulated container, run by a virtual thread. As a real one that is process 1 of its
/// namespace it ignores every signal but KILL that it has no handler for.
public final class SimulatedProcess {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([A-Za-z_][A-Za-z0-9_]*)}?");

    /// Keeps a loop that never sleeps from filling the memory with its log.
    private static final long SHORTEST_TURN = 1_000_000;

    private final List<Statement> script;
    private final Surroundings surroundings;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Integer, List<Statement>> traps = new HashMap<>();
    private final ArrayDeque<Integer> pending = new ArrayDeque<>();
    private boolean frozen;
    private boolean killed;
    private long ticks;

    /// What a program sees of its container, and who hears of it.
    public interface Surroundings {
        Map<String, String> environment();

        String hostname();

        String workingDirectory();

        /// The writable files by path; changed by the program.
        Map<String, String> files();

        void write(LogRecord.Stream stream, byte[] line);

        /// Called once, on the process's thread.
        void ended(int code, OptionalInt signal);
    }

    private SimulatedProcess(List<Statement> script, Surroundings surroundings) {
        this.script = script;
        this.surroundings = surroundings;
    }

    /// Whether the simulated image holds the program.
    public static boolean exists(List<String> arguments) {
        return SimulatedScript.of(arguments).isPresent();
    }

    public static SimulatedProcess start(List<String> arguments, Surroundings surroundings) {
        List<Statement> script = SimulatedScript.of(arguments).orElseThrow();
        SimulatedProcess process = new SimulatedProcess(script, surroundings);
        Thread.ofVirtual().name("simulated " + arguments.getFirst()).start(process::run);
        return process;
    }

    public void signal(int number) {
        lock.lock();
        try {
            if (number == Signal.KILL.number()) {
                killed = true;
            } else {
                pending.add(number);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    public void freeze(boolean freeze) {
        lock.lock();
        try {
            frozen = freeze;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        int code;
        OptionalInt signal = OptionalInt.empty();
        try {
            code = execute(script);
        } catch (Exit exit) {
            code = exit.code;
            signal = exit.signal;
        }
        surroundings.ended(code, signal);
    }

    private int execute(List<Statement> statements) throws Exit {
        int status = 0;
        for (Statement statement : statements) {
            checkpoint();
            switch (statement) {
                case Statement.Command command -> status = command(command);
                case Statement.Loop loop -> {
                    while (true) {
                        sleep(SHORTEST_TURN);
                        execute(loop.body());
                    }
                }
                case Statement.Trap trap ->
                    trap.signals().forEach(name -> traps.put(Signal.parse(name).number(), trap.action()));
            }
        }
        return status;
    }

    private int command(Statement.Command command) throws Exit {
        List<String> words = command.words().stream().map(this::expand).toList();
        if (words.isEmpty()) {
            return 0;
        }
        String program = words.getFirst().replaceFirst(".*/", "");
        List<String> arguments = words.subList(1, words.size());
        String first = arguments.isEmpty() ? "" : arguments.getFirst();
        switch (program) {
            case "true", ":" -> {}
            case "false" -> {
                return 1;
            }
            case "exit" -> throw new Exit(first.isEmpty() ? 0 : Integer.parseInt(first) & 0xff, OptionalInt.empty());
            case "sleep" -> sleep((long) (Double.parseDouble(first) * 1e9));
            case "echo" -> print(command, String.join(" ", arguments));
            case "tick" -> print(command, "tick " + ++ticks);
            case "pwd" -> print(command, surroundings.workingDirectory());
            case "hostname" -> print(command, surroundings.hostname());
            case "id" -> print(command, first.isEmpty() ? "uid=0(root) gid=0(root)" : "0");
            case "seq" -> {
                for (int number = 1; number <= Integer.parseInt(first); number++) {
                    print(command, Integer.toString(number));
                }
            }
            case "cat" -> {
                String content = surroundings.files().get(first);
                if (content == null) {
                    emit(LogRecord.Stream.STDERR, "cat: can't open '" + first + "': No such file or directory");
                    return 1;
                }
                content.lines().forEach(line -> print(command, line));
            }
            default -> {
                emit(LogRecord.Stream.STDERR, "sh: " + program + ": not found");
                return 127;
            }
        }
        return 0;
    }

    private void print(Statement.Command command, String line) {
        command.file()
                .ifPresentOrElse(
                        file -> surroundings
                                .files()
                                .merge(file, line + "\n", (old, added) -> command.append() ? old + added : added),
                        () -> emit(command.toStderr() ? LogRecord.Stream.STDERR : LogRecord.Stream.STDOUT, line));
    }

    private void emit(LogRecord.Stream stream, String line) {
        surroundings.write(stream, line.getBytes(StandardCharsets.UTF_8));
    }

    private String expand(String word) {
        Matcher variable = VARIABLE.matcher(word);
        return variable.replaceAll(
                match -> Matcher.quoteReplacement(surroundings.environment().getOrDefault(match.group(1), "")));
    }

    private void sleep(long nanoseconds) throws Exit {
        lock.lock();
        try {
            long left = nanoseconds;
            while (left > 0 && !killed && (pending.isEmpty() || !trapped())) {
                if (frozen) {
                    changed.awaitUninterruptibly();
                } else {
                    left = changed.awaitNanos(left);
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        checkpoint();
    }

    private boolean trapped() {
        return pending.stream().anyMatch(traps::containsKey);
    }

    /// Waits while frozen, then handles the signals that have come.
    private void checkpoint() throws Exit {
        while (true) {
            List<Statement> action;
            lock.lock();
            try {
                while (frozen && !killed) {
                    changed.await(1, TimeUnit.MINUTES);
                }
                if (killed) {
                    throw new Exit(128 + Signal.KILL.number(), OptionalInt.of(Signal.KILL.number()));
                }
                Integer signal = pending.poll();
                if (signal == null) {
                    return;
                }
                action = traps.getOrDefault(signal, List.of());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            } finally {
                lock.unlock();
            }
            execute(action);
        }
    }

    private static final class Exit extends Exception {
        private static final long serialVersionUID = 1L;
        private final int code;
        private final transient OptionalInt signal;

        Exit(int code, OptionalInt signal) {
            super(null, null, false, false);
            this.code = code;
            this.signal = signal;
        }
    }
}
