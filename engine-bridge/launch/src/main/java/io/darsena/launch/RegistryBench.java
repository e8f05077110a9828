package io.darsena.launch;

import io.darsena.bridge.Engine;
import io.darsena.bridge.image.ImageId;
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
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// Measures pulling and pushing against a real registry on the loopback, beside what the machine's own decoder and
/// extractor take for the same layers, and beside other programs where they are installed. Times in milliseconds. The
/// engine says that an image is here when it is on disk; the floor is told with and without that.
///
/// Each run has an image of its own, and nothing is removed until all is measured: for minutes after files are removed
/// ext4 does not use their inodes again, and looks at each of them whenever it makes another file.
final class RegistryBench implements AutoCloseable {

    private static final String EXTRACT = "mkdir -p \"$1/${2##*/}\" && %s <\"$2\" | tar -x -C \"$1/${2##*/}\"";
    private static final List<String> DECODERS = List.of("igzip -dc", "pigz -dc", "gzip -dc");

    private final Path directory;
    private final Engine engine;
    private final int runs;

    /// Has the images, and fills registries.
    private final Engine publisher;

    /// Layouts to take instead of images of our own; empty for those.
    private final List<Path> layouts;

    private RegistryBench(Path directory, int runs, List<Path> layouts) {
        this.directory = directory;
        this.runs = runs;
        this.layouts = layouts;
        this.engine = InProcessEngine.open(EnginePaths.under(directory.resolve("engine")));
        this.publisher = InProcessEngine.open(EnginePaths.under(directory.resolve("publisher")));
    }

    /// @param parent where a directory is made that is removed again
    static RegistryBench open(Path parent, int runs) throws IOException {
        return new RegistryBench(Files.createTempDirectory(parent, "dbench"), runs, List.of());
    }

    /// One run for each image: another would find its layers here.
    ///
    /// @param layouts OCI layouts of one image each
    static RegistryBench of(List<Path> layouts, Path parent) throws IOException {
        return new RegistryBench(Files.createTempDirectory(parent, "dbench"), 1, layouts);
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    @FunctionalInterface
    private interface Run {
        void run(int number) throws IOException;
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

    private double median(Run work) throws IOException {
        double[] times = new double[runs];
        for (int i = 0; i < runs; i++) {
            int run = i;
            settle();
            times[i] = timed(() -> work.run(run));
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
        List<List<BenchImages.Made>> made = images();
        List<BenchPeer> peers = BenchPeer.pulling(directory);
        List<ImageReference> pulled = new ArrayList<>();
        try (BenchRegistry registry = BenchRegistry.start(directory.resolve("registry"))) {
            for (int i = 0; i < made.getFirst().size(); i++) {
                int kind = i;
                List<BenchImages.Made> images =
                        made.stream().map(each -> each.get(kind)).toList();
                List<ImageReference> names = new ArrayList<>();
                for (int run = 0; run < runs; run++) {
                    names.add(ImageReference.parse(
                            registry.host() + "/" + images.get(run).name() + ":" + run));
                    publish(images.get(run), names.getLast());
                }
                pull(images, names, peers);
                pulled.addAll(names);
            }
        }
        push(made.getFirst().stream()
                .max(Comparator.comparing(image -> image.layers().size()))
                .orElseThrow());
        say("peak of the heap   %7.1f MB", peakOfHeap() / 1e6);
        for (BenchPeer peer : peers) {
            for (ImageReference name : pulled) {
                peer.forget(name.toString());
            }
        }
    }

    private List<List<BenchImages.Made>> images() throws IOException {
        List<List<BenchImages.Made>> made = new ArrayList<>();
        if (layouts.isEmpty()) {
            say("making images …");
            for (int run = 0; run < runs; run++) {
                made.add(new BenchImages(directory.resolve("images-" + run), run).make());
            }
        } else {
            List<BenchImages.Made> found = new ArrayList<>();
            for (Path layout : layouts) {
                found.add(BenchImages.found(layout));
            }
            made.add(found);
        }
        return made;
    }

    private void bring(BenchImages.Made image, ImageReference name) {
        ImageId id = publisher.images().importFrom(image.layout(), told -> {}).getFirst();
        publisher.images().tag(id, name);
    }

    private void publish(BenchImages.Made image, ImageReference name) {
        bring(image, name);
        publisher.registries().push(name, Optional.empty(), told -> {});
    }

    private void pull(List<BenchImages.Made> images, List<ImageReference> names, List<BenchPeer> peers)
            throws IOException {
        List<Path> layers = images.getFirst().layers();
        long bytes = 0;
        for (Path layer : layers) {
            bytes += Files.size(layer);
        }
        say("pull of %s: layers=%d, compressed %.0f MB", images.getFirst().name(), layers.size(), bytes / 1e6);
        double floor = Double.MAX_VALUE;
        double durable = Double.MAX_VALUE;
        for (String decoder : DECODERS) {
            String program = decoder.split(" ")[0];
            if (BenchPeer.succeeds(List.of("sh", "-c", "command -v " + program))) {
                Path into = directory.resolve("extracted-" + program);
                double time = median(run -> extract(decoder, images.get(run), into.resolve("a-" + run)));
                double synced = median(run -> {
                    extract(decoder, images.get(run), into.resolve("b-" + run));
                    settle();
                });
                say("  %-16s %7.0f, %.0f until it is on disk", program + " | tar", time, synced);
                floor = Math.min(floor, time);
                durable = Math.min(durable, synced);
            }
        }
        double ours = median(run -> engine.registries().pull(PullRequest.of(names.get(run)), told -> {}));
        say(
                "  %-16s %7.0f, on disk; %.2f of the floor, %.2f of it on disk",
                "darsena", ours, ours / floor, ours / durable);
        double best = Double.MAX_VALUE;
        for (BenchPeer peer : peers) {
            double time = median(run -> peer.work(names.get(run).toString()));
            say("  %-16s %7.0f", peer.name(), time);
            best = Math.min(best, time);
        }
        if (!peers.isEmpty()) {
            say("  ratio to the faster peer %.2f", ours / best);
        }
        again(PullRequest.of(names.getFirst()));
    }

    /// The layers side by side, as many as there are processors.
    private static void extract(String decoder, BenchImages.Made image, Path into) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "sh",
                "-c",
                "into=$1; shift; printf '%s\\n' \"$@\" | xargs -P \"$(nproc)\" -n 1 sh -c '"
                        + EXTRACT.formatted(decoder) + "' sh \"$into\"",
                "sh",
                into.toString()));
        image.layers().forEach(layer -> command.add(layer.toString()));
        BenchPeer.run(command);
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
                bring(image, name);
                settle();
                ours[i] = timed(() -> publisher.registries().push(name, Optional.empty(), told -> {}));
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
        publisher.close();
        engine.close();
        BenchPeer.run(List.of("rm", "-rf", directory.toString()));
    }
}
