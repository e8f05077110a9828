package io.darsena.app.main;

import io.darsena.bridge.Engine;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.launch.EngineLauncher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Measures the window from outside, as a process of its own on the display it is given: launch to first frame,
/// resident
/// memory and the processor it takes when nobody touches it, with no container and with ten that run.
///
/// usage: `WindowBench COMMAND...`, where COMMAND starts the window and lets it announce its first frame
public final class WindowBench {

    private static final int LAUNCHES = 5;
    private static final int CONTAINERS = 10;
    private static final Duration SETTLING = Duration.ofSeconds(12);
    private static final Duration IDLE = Duration.ofSeconds(10);
    /// `_SC_CLK_TCK`, which is 100 on every Linux that Darsena runs on.
    private static final double TICKS_PER_SECOND = 100;

    private final List<String> command;

    private WindowBench(List<String> command) {
        this.command = command;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        new WindowBench(List.of(arguments)).measure();
        System.exit(0);
    }

    private void measure() throws IOException, InterruptedException {
        Path root = Files.createTempDirectory("darsena-bench-");
        try {
            List<Long> launches = new ArrayList<>();
            for (int i = 0; i < LAUNCHES; i++) {
                try (WindowProcess window = WindowProcess.launch(command, root)) {
                    launches.add(window.firstFrameMillis());
                }
            }
            launches.sort(Comparator.naturalOrder());
            print("launch to first frame, median of " + LAUNCHES, launches.get(LAUNCHES / 2) + " ms");
            print("launch to first frame, best", launches.getFirst() + " ms");
            idle(root, 0);
            run(root);
            idle(root, CONTAINERS);
        } finally {
            remove(root);
        }
    }

    private void idle(Path root, int containers) throws IOException, InterruptedException {
        try (WindowProcess window = WindowProcess.launch(command, root)) {
            Thread.sleep(SETTLING);
            double before = window.processorTicks();
            Thread.sleep(IDLE);
            double share = (window.processorTicks() - before) / TICKS_PER_SECOND / IDLE.toSeconds();
            print("resident, " + containers + " containers", (window.residentKib() >> 10) + " MiB");
            print(
                    "processor when idle, " + containers + " containers",
                    String.format(Locale.ROOT, "%.1f %% of one", 100 * share));
        }
    }

    private static void run(Path root) {
        try (Engine engine = EngineLauncher.open(Optional.of(root.resolve("engine")))) {
            String image = engine.images().list().getFirst().id().toString();
            for (int i = 0; i < CONTAINERS; i++) {
                ContainerId id = engine.containers().create(ContainerSpec.of(image));
                engine.containers().start(id);
            }
        }
    }

    private static void remove(Path root) throws IOException {
        try (Engine engine = EngineLauncher.open(Optional.of(root.resolve("engine")))) {
            for (Container container : engine.containers().list()) {
                engine.containers().forceRemove(container.id());
            }
            engine.images().list().forEach(image -> engine.images().remove(image.id()));
        }
        try (Stream<Path> all = Files.walk(root)) {
            all.sorted(Comparator.reverseOrder()).forEach(WindowBench::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot remove " + file + " after the measurement", failure);
        }
    }

    private static void print(String what, String value) {
        System.out.printf("%-44s %s%n", what, value);
    }
}
