package io.darsena.app.main;

import io.darsena.bridge.Engine;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.launch.EngineLauncher;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Measures the window from outside: launch to first frame, memory with no container, with ten and with fifty, and
/// the processor time of a window that nobody touches, with containers that rest and with ones whose every number
/// moves each second. Memory is that of the window's process and of its runtime's host; the monitors, which outlive
/// both, are counted apart. Each launch is measured beside that of an empty window, which is the floor.
///
/// The arguments are the command that starts an empty window, `--`, and the command that starts the real one, complete
/// but for its own options. Either says when it has drawn its first frame, as [FirstFrame] does.
public final class WindowBench {

    private static final int LAUNCHES = 5;
    private static final List<Fleet> FLEETS = List.of(
            new Fleet(0, "no containers", List.of()),
            new Fleet(10, "10 that rest", List.of("sleep", "86400")),
            new Fleet(10, "10 at work", List.of()),
            new Fleet(50, "50 at work", List.of()));
    private static final int TICKS_PER_SECOND = 100;
    private static final String FIRST_FRAME = "first-frame-ms=";

    /// So that what belongs to the start is over, and what runs each second is compiled.
    private static final Duration SETTLING = Duration.ofSeconds(30);

    private static final Duration IDLING = Duration.ofSeconds(10);

    private static final String BETWEEN_COMMANDS = "--";

    private final List<String> empty;
    private final List<String> command;
    private final Path home;

    /// Containers of the starter image.
    ///
    /// @param command the image's own when empty: it writes a line a second, and its CPU and memory rise and fall
    private record Fleet(int size, String name, List<String> command) {}

    private WindowBench(List<String> empty, List<String> command, Path home) {
        this.empty = empty;
        this.command = command;
        this.home = home;
    }

    public static void main(String[] arguments) throws Exception {
        Path home = Files.createTempDirectory("darsena-bench-");
        List<String> commands = List.of(arguments);
        int end = commands.indexOf(BETWEEN_COMMANDS);
        WindowBench bench = new WindowBench(commands.subList(0, end), commands.subList(end + 1, commands.size()), home);
        try {
            bench.measure();
        } finally {
            bench.clear();
        }
        System.exit(0);
    }

    private void measure() throws Exception {
        List<Long> floor = new ArrayList<>();
        List<Long> frames = new ArrayList<>();
        for (int launch = 0; launch < LAUNCHES; launch++) {
            launch(empty, floor);
            launch(real(), frames);
        }
        say(
                "launch to first frame    %s; an empty window %s; %.2f of that floor",
                times(frames), times(floor), (double) median(frames) / median(floor));
        for (Fleet fleet : FLEETS) {
            run(fleet);
            idle(fleet);
        }
    }

    private void launch(List<String> program, List<Long> into) throws Exception {
        try (Shown shown = show(program)) {
            into.add(shown.firstFrameMillis());
            shown.rest(Duration.ofSeconds(1));
        }
    }

    private static long median(List<Long> times) {
        return times.stream().sorted().toList().get(times.size() / 2);
    }

    private static String times(List<Long> times) {
        List<Long> sorted = times.stream().sorted().toList();
        return String.format(
                Locale.ROOT,
                "median %d ms, least %d, most %d, the first %d",
                median(times),
                sorted.getFirst(),
                sorted.getLast(),
                times.getFirst());
    }

    private void run(Fleet fleet) {
        try (Engine engine = EngineLauncher.open(Optional.of(root()))) {
            String starter = engine.images().list().getFirst().displayName();
            removeAll(engine);
            ContainerSpec spec = ContainerSpec.of(starter);
            for (int i = 0; i < fleet.size(); i++) {
                engine.containers()
                        .start(engine.containers()
                                .create(fleet.command().isEmpty() ? spec : spec.withCommand(fleet.command())));
            }
        }
    }

    private static void removeAll(Engine engine) {
        engine.containers().list().forEach(container -> engine.containers().forceRemove(container.id()));
    }

    private void idle(Fleet fleet) throws Exception {
        try (Shown shown = show(real())) {
            shown.rest(SETTLING);
            ProcessMemory window = ProcessMemory.of(Stream.of(shown.process().toHandle()));
            ProcessMemory host = ProcessMemory.of(shown.process().toHandle().children());
            say(
                    "memory, %-13s    PSS %.1f MB: window %.1f, host %.1f; RSS of the window %.1f MB",
                    fleet.name(),
                    (window.pss() + host.pss()) / 1024.0,
                    window.pss() / 1024.0,
                    host.pss() / 1024.0,
                    window.rss() / 1024.0);
            long before = shown.ticks();
            shown.rest(IDLING);
            double percent = (shown.ticks() - before) * 100.0 / TICKS_PER_SECOND / IDLING.toSeconds();
            say("idle CPU, %-13s  %.1f %% of one core over %d s", fleet.name(), percent, IDLING.toSeconds());
        }
    }

    private static void say(String pattern, Object... values) {
        System.out.printf(Locale.ROOT, pattern + "%n", values);
        System.out.flush();
    }

    private Path root() {
        return home.resolve("root");
    }

    private List<String> real() {
        return Stream.concat(command.stream(), Stream.of("--root", root().toString()))
                .toList();
    }

    private Shown show(List<String> all) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(all).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("XDG_CONFIG_HOME", home.toString());
        long began = System.nanoTime();
        Process process = builder.start();
        BufferedReader said = process.inputReader();
        String line = said.readLine();
        while (line != null && !line.startsWith(FIRST_FRAME)) {
            line = said.readLine();
        }
        if (line == null) {
            process.destroyForcibly();
            throw new IOException("the window ended before it showed its first frame: " + String.join(" ", all));
        }
        return new Shown(process, (System.nanoTime() - began) / 1_000_000);
    }

    /// A window on the screen.
    private record Shown(Process process, long firstFrameMillis) implements AutoCloseable {

        void rest(Duration length) throws InterruptedException {
            if (process.waitFor(length.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("the window ended with " + process.exitValue());
            }
        }

        long ticks() throws IOException {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        }

        @Override
        public void close() throws InterruptedException {
            process.destroy();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
    }

    private void clear() throws IOException {
        try (Engine engine = EngineLauncher.open(Optional.of(root()))) {
            removeAll(engine);
            engine.images().list().forEach(image -> engine.images().remove(image.id()));
        }
        List<Path> deepestFirst;
        try (Stream<Path> tree = Files.walk(home)) {
            deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }
}
