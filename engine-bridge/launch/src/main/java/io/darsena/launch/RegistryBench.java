package io.darsena.launch;

import io.darsena.bridge.Engine;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.ImageTransfer;
import io.darsena.bridge.registry.ImageTransfer.StepKind;
import io.darsena.bridge.registry.PullRequest;
import io.darsena.bridge.registry.PullResult;
import io.darsena.engine.InProcessEngine;
import io.darsena.engine.paths.EnginePaths;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// Measures pulling and pushing against a real registry on the loopback, beside what the machine's own decoder and
/// extractor take for the same layers, and beside other programs where they are installed. Times in milliseconds.
final class RegistryBench implements AutoCloseable {

    private static final String EXTRACT = "mkdir -p \"$1/${2##*/}\" && %s <\"$2\" | tar -x -C \"$1/${2##*/}\"";
    private static final List<String> DECODERS = List.of("igzip -dc", "pigz -dc", "gzip -dc");

    private final Path directory;
    private final Engine engine;
    private final int runs;

    private RegistryBench(Path directory, int runs) {
        this.directory = directory;
        this.runs = runs;
        this.engine = InProcessEngine.open(EnginePaths.under(directory.resolve("engine")));
    }

    /// @param parent where a directory is made that is removed again
    static RegistryBench open(Path parent, int runs) throws IOException {
        return new RegistryBench(Files.createTempDirectory(parent, "dbench"), runs);
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    private static double timed(Work work) throws IOException {
        long begun = System.nanoTime();
        work.run();
        return (System.nanoTime() - begun) / 1e6;
    }

    private static double median(double[] times) {
        double[] sorted = times.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private double median(Work work, Work after) throws IOException {
        double[] times = new double[runs];
        for (int i = 0; i < runs; i++) {
            settle();
            times[i] = timed(work);
            after.run();
        }
        return median(times);
    }

    /// What one has written is not to be written while the next is measured.
    private static void settle() throws IOException {
        BenchPeer.run(List.of("sync"));
    }

    private static void say(String format, Object... arguments) {
        System.out.println(String.format(Locale.ROOT, format, arguments));
    }

    void measure() throws IOException, InterruptedException {
        say("making images …");
        List<BenchImages.Made> images = new BenchImages(directory.resolve("images")).make();
        List<BenchPeer> peers = BenchPeer.pulling(directory);
        try (BenchRegistry registry = BenchRegistry.start(directory.resolve("registry"))) {
            for (BenchImages.Made image : images) {
                ImageReference name = ImageReference.parse(registry.host() + "/" + image.name() + ":latest");
                importAs(image, name);
                engine.registries().push(name, Optional.empty(), told -> {});
                forget(name);
                pull(image, name, peers);
            }
        }
        push(images.get(1));
        say("peak of the heap   %7.1f MB", peakOfHeap() / 1e6);
    }

    private void importAs(BenchImages.Made image, ImageReference name) {
        engine.images()
                .tag(engine.images().importFrom(image.layout(), told -> {}).getFirst(), name);
    }

    private void forget(ImageReference name) {
        engine.images().find(name.toString()).ifPresent(image -> engine.images().remove(image.id()));
    }

    private void pull(BenchImages.Made image, ImageReference name, List<BenchPeer> peers) throws IOException {
        long bytes = 0;
        for (Path layer : image.layers()) {
            bytes += Files.size(layer);
        }
        say(
                "pull of %s: layers=%d, compressed %.0f MB",
                image.name(), image.layers().size(), bytes / 1e6);
        double floor = Double.MAX_VALUE;
        for (String decoder : DECODERS) {
            if (BenchPeer.succeeds(List.of("sh", "-c", "command -v " + decoder.split(" ")[0]))) {
                double time = median(() -> extract(decoder, image), this::removeExtracted);
                say("  %-16s %7.0f", decoder.split(" ")[0] + " | tar", time);
                floor = Math.min(floor, time);
            }
        }
        PullRequest request = PullRequest.of(name);
        double ours = median(() -> engine.registries().pull(request, told -> {}), () -> forget(name));
        say("  %-16s %7.0f  %.2f of the floor", "darsena", ours, ours / floor);
        double best = Double.MAX_VALUE;
        for (BenchPeer peer : peers) {
            double time = median(() -> peer.work(name.toString()), () -> peer.forget(name.toString()));
            say("  %-16s %7.0f", peer.name(), time);
            best = Math.min(best, time);
        }
        if (!peers.isEmpty()) {
            say("  ratio to the faster peer %.2f", ours / best);
        }
        again(request);
        forget(name);
    }

    /// The layers side by side, as many as there are processors.
    private void extract(String decoder, BenchImages.Made image) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "sh",
                "-c",
                "into=$1; shift; printf '%s\\n' \"$@\" | xargs -P \"$(nproc)\" -n 1 sh -c '"
                        + EXTRACT.formatted(decoder) + "' sh \"$into\"",
                "sh",
                directory.resolve("extracted").toString()));
        image.layers().forEach(layer -> command.add(layer.toString()));
        BenchPeer.run(command);
    }

    private void removeExtracted() throws IOException {
        BenchPeer.run(List.of("rm", "-rf", directory.resolve("extracted").toString()));
    }

    /// An image that is here: what comes after the registry's answer.
    private void again(PullRequest request) throws IOException {
        engine.registries().pull(request, told -> {});
        double[] whole = new double[runs * 5];
        double[] after = new double[whole.length];
        for (int i = 0; i < whole.length; i++) {
            AtomicReference<ImageTransfer> last = new AtomicReference<>();
            AtomicReference<PullResult> result = new AtomicReference<>();
            whole[i] = timed(() -> result.set(engine.registries().pull(request, last::set)));
            after[i] = last.get().steps().stream()
                            .filter(step -> step.kind() != StepKind.RESOLVED)
                            .mapToLong(step -> step.took().toNanos())
                            .sum()
                    / 1e6;
        }
        say("  %-16s %7.1f  of which %.1f after the answer", "it is here", median(whole), median(after));
    }

    private void push(BenchImages.Made image) throws IOException, InterruptedException {
        say("push of %s to an empty registry", image.name());
        double[] ours = new double[runs];
        double[] theirs = new double[runs];
        Optional<BenchPeer> peer = BenchPeer.pushing();
        for (int i = 0; i < runs; i++) {
            try (BenchRegistry registry = BenchRegistry.start(directory.resolve("empty-" + i))) {
                ImageReference name = ImageReference.parse(registry.host() + "/" + image.name() + ":latest");
                importAs(image, name);
                settle();
                ours[i] = timed(() -> engine.registries().push(name, Optional.empty(), told -> {}));
                forget(name);
            }
            try (BenchRegistry registry = BenchRegistry.start(directory.resolve("other-" + i))) {
                if (peer.isPresent()) {
                    String target = "docker://" + registry.host() + "/" + image.name() + ":latest";
                    settle();
                    theirs[i] = timed(() -> peer.get().work("oci:" + image.layout() + ":latest", target));
                }
            }
        }
        say("  %-16s %7.0f", "darsena", median(ours));
        if (peer.isPresent()) {
            say("  %-16s %7.0f  ratio %.2f", "skopeo", median(theirs), median(ours) / median(theirs));
        }
    }

    private static long peakOfHeap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage == null ? 0 : usage.getUsed())
                .sum();
    }

    @Override
    public void close() throws IOException {
        engine.close();
        BenchPeer.run(List.of("rm", "-rf", directory.toString()));
    }
}
