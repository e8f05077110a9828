package io.darsena.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What lies in a directory is listed as the extractor lists the layer that it was unpacked from.
@Timeout(120)
class TreeListIT {

    @TempDir
    static Path directory;

    private static ExtractionBench bench;

    @BeforeAll
    static void open() throws Exception {
        bench = new ExtractionBench(directory);
    }

    @AfterAll
    static void close() throws Exception {
        bench.close();
    }

    @Test
    void aLayersDirectoryHasTheIndexThatTheExtractorWrote() throws Exception {
        ExtractionBench.Unpacked layer =
                bench.unpack(LayerOfEveryKind.tar(bench.runtime().facts().singleUid()));
        Path index = directory.resolve("listed");

        ContainerRuntime.TreeListing listing = bench.runtime().list(layer.root(), index);

        List<String> listed = lines(index);
        assertThat(listed).containsExactlyInAnyOrderElementsOf(lines(layer.index()));
        assertThat(listed.getFirst()).startsWith("d\t755\t").contains("\t.\t");
        assertThat(listing.skipped()).isZero();
        assertThat(listing.bytes()).isEqualTo(layer.result().contentBytes());
        assertThat(listing.entries()).isEqualTo(layer.result().entries() - 1); // an opaque mark is none of its own
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void socketsAndWhatIsTooDeepAreLeftOutAndCounted() throws Exception {
        Path tree = Files.createDirectory(directory.resolve("odd"));
        // Six times three thousand bytes, each made where the kernel takes its path.
        String piece = ("n".repeat(250) + "/").repeat(12);
        Path below = Files.createFile(directory.resolve("unreachable"));
        for (int i = 0; i < 6; i++) {
            Path top = directory.resolve("piece" + i);
            Files.move(below, Files.createDirectories(top.resolve(piece)).resolve(below.getFileName()));
            below = top;
        }
        Files.move(below, tree.resolve("deep"));
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            Path shortcut = Files.createTempDirectory("d");
            Path bound = shortcut.resolve("s");
            socket.bind(UnixDomainSocketAddress.of(bound));
            Files.move(bound, tree.resolve("socket"));
            Files.delete(shortcut);

            ContainerRuntime.TreeListing listing = bench.runtime().list(tree, directory.resolve("odd.list"));

            assertThat(listing.skipped()).isEqualTo(2);
            assertThat(listing.entries()).isGreaterThan(60);
            assertThat(lines(directory.resolve("odd.list")))
                    .contains("s\t0\t0\t0\t0\t0\t-\tsocket\t")
                    .noneMatch(line -> line.contains("unreachable"));
        } finally {
            bench.runtime().delete(tree);
        }
    }

    @Test
    void linksAreNotFollowedAndNothingThatChangesIsAnError() throws Exception {
        Path tree = Files.createDirectory(directory.resolve("restless"));
        Files.createSymbolicLink(tree.resolve("out"), bench.canary());
        for (int i = 0; i < 50; i++) {
            Path branch = Files.createDirectories(tree.resolve("b" + i).resolve("twig"));
            Files.createFile(branch.resolve("leaf"));
        }
        var over = new AtomicBoolean();
        Thread changes = Thread.ofPlatform().start(() -> keepChanging(tree, over));
        try {
            for (int round = 0; round < 50; round++) {
                bench.runtime().list(tree, directory.resolve("restless.list"));
                assertThat(lines(directory.resolve("restless.list")))
                        .allMatch(line -> line.split("\t", -1).length == 9)
                        .noneMatch(line -> line.contains("\tout/"));
            }
        } finally {
            over.set(true);
            changes.join();
            bench.runtime().delete(tree);
        }
    }

    private static void keepChanging(Path tree, AtomicBoolean over) {
        try {
            for (int i = 0; !over.get(); i = (i + 1) % 50) {
                Path branch = tree.resolve("b" + i);
                Path away = tree.resolve("b" + (i + 7) % 50).resolve("moved" + i);
                Files.move(branch, away);
                Files.deleteIfExists(away.resolve("twig/leaf"));
                Files.move(away, branch);
                Files.createFile(branch.resolve("twig/leaf"));
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void amongAHundredThousandFilesEachIsListedOnce() throws Exception {
        Path tree = Files.createDirectory(directory.resolve("wide"));
        RealRuntime.run("sh", "-ec", "cd \"$1\"; seq 1 100000 | xargs touch", "fill", tree.toString());

        ContainerRuntime.TreeListing listing = bench.runtime().list(tree, directory.resolve("wide.list"));

        assertThat(listing).isEqualTo(new ContainerRuntime.TreeListing(100_001, 0, 0));
        List<String> lines = lines(directory.resolve("wide.list"));
        assertThat(new HashSet<>(lines)).hasSize(100_001);
        bench.runtime().delete(tree);
    }

    @Test
    void whatIsNoDirectoryIsRefusedAndLeavesNoIndex() throws Exception {
        Path missing = directory.resolve("missing");
        Files.createSymbolicLink(directory.resolve("linked"), bench.canary());

        for (Path root : List.of(missing, bench.canary().resolve("file"), directory.resolve("linked"))) {
            assertThatThrownBy(() -> bench.runtime().list(root, directory.resolve("none")))
                    .isInstanceOf(RuntimeUnavailableException.class)
                    .hasMessageContaining(root.toString());
        }
        assertThat(directory.resolve("none")).doesNotExist();
        assertThat(leftovers()).isEmpty();
    }

    private static List<Path> leftovers() throws Exception {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".new")).toList();
        }
    }

    private static List<String> lines(Path index) throws Exception {
        return Files.readAllLines(index, StandardCharsets.ISO_8859_1);
    }
}
