package io.darsena.launch;

import io.darsena.bridge.Engine;
import io.darsena.bridge.EngineDescription.Tier;
import io.darsena.bridge.Subscription;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.event.EngineEvent;
import io.darsena.bridge.event.EngineEvent.ContainerAction;
import io.darsena.engine.InProcessEngine;
import io.darsena.engine.paths.EnginePaths;
import io.darsena.engine.starter.StarterImage;
import io.darsena.runtime.cgroup.CgroupPlacement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/// Measures starts in an engine of its own, each beside one run of the kernel's floor, so that both meet the same
/// machine.
final class StartBench implements AutoCloseable {

    private static final int WARM_UP = 20;

    private final Path root;
    private final boolean temporary;
    private final EnginePaths paths;
    private final Engine engine;
    private final Optional<KernelFloor> floor;
    private final Subscription subscription;
    private final ConcurrentHashMap<ContainerId, CountDownLatch> ends = new ConcurrentHashMap<>();

    /// What each step of the starts took, in nanoseconds, since they were last cleared.
    private final Map<String, List<Long>> steps = new LinkedHashMap<>();

    private StartBench(Path root, boolean temporary) throws IOException {
        this.root = root;
        this.temporary = temporary;
        this.paths = EnginePaths.under(root);
        this.engine = InProcessEngine.open(paths);
        this.subscription = engine.subscribe(this::hear);
        // The filter is made with the first start.
        run();
        this.floor = engine.description().tier() == Tier.ROOTFUL ? Optional.of(floor()) : Optional.empty();
    }

    static StartBench open(Path root) throws IOException {
        boolean temporary = root.toString().isEmpty();
        return new StartBench(temporary ? Files.createTempDirectory("darsena-bench") : root, temporary);
    }

    private KernelFloor floor() throws IOException {
        List<Path> groups = CgroupPlacement.find() instanceof CgroupPlacement.Usable(var subtree)
                ? subtree.directories()
                : List.of();
        return KernelFloor.start(
                root, only(paths.layers()).resolve("fs"), only(paths.data().resolve("seccomp")), groups);
    }

    private static Path only(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.findFirst().orElseThrow(() -> new IOException(directory + " is empty"));
        }
    }

    private void hear(EngineEvent event) {
        if (event instanceof EngineEvent.ContainerChanged changed && changed.action() == ContainerAction.DIE) {
            CountDownLatch end = ends.remove(changed.container().id());
            if (end != null) {
                end.countDown();
            }
        }
    }

    /// @param create and the others in nanoseconds
    private record Run(long create, long start, long startToExit, long remove) {}

    private Run run() {
        long begun = System.nanoTime();
        ContainerId id = engine.containers()
                .create(ContainerSpec.of(StarterImage.NAME.toString()).withCommand(List.of("true")));
        long created = System.nanoTime();
        CountDownLatch end = new CountDownLatch(1);
        ends.put(id, end);
        long before = System.nanoTime();
        engine.containers().start(id);
        long started = System.nanoTime();
        await(end);
        long exited = System.nanoTime();
        engine.containers()
                .find(id.toString())
                .orElseThrow()
                .startSteps()
                .forEach(step -> steps.computeIfAbsent(step.name(), name -> new ArrayList<>())
                        .add(step.took().toNanos()));
        long removing = System.nanoTime();
        engine.containers().remove(id);
        return new Run(created - begun, started - before, exited - before, System.nanoTime() - removing);
    }

    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    void measure(int runs, int gapMillis) throws IOException, InterruptedException {
        for (int i = 0; i < WARM_UP; i++) {
            run();
        }
        steps.clear();
        long[] create = new long[runs];
        long[] start = new long[runs];
        long[] startToExit = new long[runs];
        long[] remove = new long[runs];
        long[] kernel = new long[runs];
        for (int i = 0; i < runs; i++) {
            if (floor.isPresent()) {
                Thread.sleep(gapMillis);
                kernel[i] = floor.get().run();
            }
            Thread.sleep(gapMillis);
            Run run = run();
            create[i] = run.create();
            start[i] = run.start();
            startToExit[i] = run.startToExit();
            remove[i] = run.remove();
        }
        String kind = gapMillis == 0 ? "back to back" : gapMillis + " ms apart";
        say("%d starts %s (median, and the 95th of a hundred, in ms)", runs, kind);
        say("  create           %s", spread(create));
        say("  start to exit    %s", spread(startToExit));
        say("    start returns  %s", spread(start));
        steps.forEach((name, took) -> say(
                "      %-12s %s",
                name, spread(took.stream().mapToLong(each -> each).toArray())));
        say("  remove           %s", spread(remove));
        if (floor.isPresent()) {
            say("  kernel's floor   %s", spread(kernel));
            say("  ratio            %.2f", (double) percentile(startToExit, 50) / percentile(kernel, 50));
        } else {
            say("  kernel's floor   not measured: it needs root");
        }
    }

    private static String spread(long[] values) {
        return String.format(Locale.ROOT, "%7.2f  %7.2f", percentile(values, 50) / 1e6, percentile(values, 95) / 1e6);
    }

    private static long percentile(long[] values, int percent) {
        long[] sorted = values.clone();
        java.util.Arrays.sort(sorted);
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }

    private static void say(String format, Object... arguments) {
        System.out.println(String.format(Locale.ROOT, format, arguments));
    }

    @Override
    public void close() throws IOException {
        if (floor.isPresent()) {
            floor.get().close();
        }
        subscription.close();
        engine.close();
        if (temporary) {
            try (Stream<Path> entries = Files.walk(root)) {
                for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(entry);
                }
            }
        }
    }
}
