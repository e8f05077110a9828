package io.darsena.launch;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Measures what people wait for. Without a subcommand: everything that needs no window.
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures what people wait for.",
        subcommands = {Bench.Start.class, Bench.Registry.class, Bench.Layers.class})
public final class Bench implements Callable<Integer> {

    private Bench() {}

    @Override
    public Integer call() throws Exception {
        return new Start().call();
    }

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }

    @Command(
            name = "start",
            mixinStandardHelpOptions = true,
            description = "From the start of a container that runs `true` to the event of its exit, beside the"
                    + " kernel's own floor for it.")
    static final class Start implements Callable<Integer> {

        @Option(names = "--runs", defaultValue = "50", description = "how many starts of each kind (default: 50)")
        private int runs = 50;

        @Option(names = "--root", description = "where the engine works (default: a directory that is removed again)")
        private Path root = Path.of("");

        @Override
        public Integer call() throws Exception {
            try (StartBench bench = StartBench.open(root)) {
                bench.measure(runs, 0);
                bench.measure(runs, 100);
            }
            return 0;
        }
    }

    @Command(
            name = "registry",
            mixinStandardHelpOptions = true,
            description = "Pulling and pushing at a registry on this machine, beside its own decoder and extractor and"
                    + " beside other programs.")
    static final class Registry implements Callable<Integer> {

        @Option(names = "--runs", defaultValue = "3", description = "how often each is done (default: 3)")
        private int runs = 3;

        @Option(
                names = "--in",
                defaultValue = "/tmp",
                description = "the directory in which everything lies meanwhile (default: ${DEFAULT-VALUE})")
        private Path parent = Path.of("");

        @Option(
                names = "--images",
                description = "take the OCI layouts in this directory, once each, instead of images of our own")
        private @Nullable Path images;

        @Override
        public Integer call() throws Exception {
            try (RegistryBench bench = images == null
                    ? RegistryBench.open(parent, runs)
                    : RegistryBench.of(BenchImages.layoutsIn(images), parent)) {
                bench.measure();
            }
            return 0;
        }
    }

    @Command(
            name = "layers",
            mixinStandardHelpOptions = true,
            description = "Looking into images of fifty thousand and of a million files.")
    static final class Layers implements Callable<Integer> {

        @Option(
                names = "--in",
                defaultValue = "/tmp",
                description = "the directory in which everything lies meanwhile (default: ${DEFAULT-VALUE})")
        private Path parent = Path.of("");

        @Override
        public Integer call() throws Exception {
            try (LayersBench bench = LayersBench.open(parent)) {
                bench.measure();
            }
            return 0;
        }
    }
}
