package io.darsena.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.layer.ComparedContents;
import io.darsena.bridge.layer.Duplicates;
import io.darsena.bridge.layer.FileChange;
import io.darsena.bridge.layer.FileFilter;
import io.darsena.bridge.layer.FileKind;
import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.layer.LayerComparison;
import io.darsena.bridge.layer.LayerStep;
import io.darsena.bridge.layer.NodeSet;
import io.darsena.bridge.layer.TreeComparison;
import io.darsena.engine.kernel.DerivedImage.Layer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What is computed from the indexes of layers is what a container sees.
@Timeout(180)
class LayerTreeIT {

    private static final long THEN = 1_600_000_000;

    /// Where the engine itself puts something into a container.
    private static final Set<String> OURS =
            Set.of("dev", "proc", "sys", "etc/hosts", "etc/hostname", "etc/resolv.conf");

    /// Names, what they are, and what links say, each in the order in which `find` walks. Names and links may have any
    /// byte but NUL in them.
    private static final String LIST = """
            exec 2>/dev/null # the kernel shows the name of a whiteout that hides nothing, and then has no such file
            packed() { gzip | base64; echo --; }
            find / -xdev -mindepth 1 -print0 | packed
            find / -xdev -mindepth 1 -exec stat -c "%F|%a|%u|%g|%s|%Y|%i" {} +
            echo --
            find / -xdev -mindepth 1 -type l -exec sh -c '
            for each in "$@"; do readlink -n "$each"; printf "\\0"; done' sh {} + | packed""";

    @TempDir
    Path temporary;

    private static boolean isOurs(String path) {
        return OURS.stream().anyMatch(ours -> path.equals(ours) || path.startsWith(ours + "/"));
    }

    private static String word(FileKind kind) {
        return switch (kind) {
            case FILE, HARD_LINK -> "regular file";
            case DIRECTORY -> "directory";
            case SYMBOLIC_LINK -> "symbolic link";
            case CHARACTER_DEVICE -> "character special file";
            case BLOCK_DEVICE -> "block special file";
            case NAMED_PIPE -> "fifo";
        };
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /// A line of each entry, by its path in hexadecimal digits: what it is, permissions, owner; of files sizes; of all
    /// but directories that no entry of a layer names also times; of links what they say.
    private static TreeMap<String, String> computed(FileTree tree) {
        TreeMap<String, String> lines = new TreeMap<>();
        IntStream.range(1, tree.limit()).filter(tree::isShown).forEach(node -> {
            FileKind kind = tree.kind(node);
            if (tree.change(node) == FileChange.REMOVED || isOurs(tree.path(node)) || tree.isLeftOut(node)) {
                return;
            }
            String line = "%s %o %d:%d".formatted(word(kind), tree.mode(node), tree.uid(node), tree.gid(node));
            if (kind == FileKind.FILE || kind == FileKind.HARD_LINK) {
                line += " " + tree.size(node);
            }
            if (isTimed(word(kind))) {
                line += " " + tree.modifiedAt(node).getEpochSecond();
            }
            if (kind == FileKind.SYMBOLIC_LINK) {
                line += " " + hex(tree.rawLink(node));
            }
            lines.put(hex(tree.filePath(node).bytes()), line);
        });
        return lines;
    }

    /// The time of a directory is when something in it was made last, where no entry says another.
    private static boolean isTimed(String kind) {
        return !kind.equals("directory");
    }

    /// Bytes of all files, each counted once though it has several names.
    private static long computedBytes(FileTree tree) {
        return tree.total(FileTree.ROOT)
                - IntStream.range(1, tree.limit())
                        .filter(node -> tree.isThere(node) && tree.kind(node) == FileKind.FILE)
                        .filter(node -> isOurs(tree.path(node)))
                        .mapToLong(tree::size)
                        .sum();
    }

    /// @param lines as of [#computed]
    /// @param bytes of all files, each number of a file counted once, as `du` does
    private record Seen(TreeMap<String, String> lines, long bytes) {}

    private static Seen seen(RealEngine real, String image) throws IOException {
        List<String> told = real.run(ContainerSpec.of(image).withCommand(List.of("sh", "-c", LIST)))
                .out();
        int facts = told.indexOf("--") + 1;
        int links = facts + told.subList(facts, told.size()).indexOf("--") + 1;
        List<byte[]> paths = unpacked(told.subList(0, facts - 1));
        assertThat(paths).hasSize(links - facts - 1);
        Iterator<byte[]> targets =
                unpacked(told.subList(links, told.size() - 1)).iterator();
        TreeMap<String, String> lines = new TreeMap<>();
        Map<String, Long> sizes = new HashMap<>();
        for (int i = 0; i < paths.size(); i++) {
            String[] words = told.get(facts + i).split("\\|", -1);
            String kind = words[0].replace("regular empty file", "regular file");
            String fact = "%s %s %s:%s".formatted(kind, words[1], words[2], words[3]);
            fact += kind.equals("regular file") ? " " + words[4] : "";
            fact += isTimed(kind) ? " " + words[5] : "";
            fact += kind.equals("symbolic link") ? " " + hex(targets.next()) : "";
            byte[] path = Arrays.copyOfRange(paths.get(i), 1, paths.get(i).length);
            if (!isOurs(new String(path, StandardCharsets.UTF_8))) {
                lines.put(hex(path), fact);
                if (kind.equals("regular file")) {
                    sizes.put(words[6], Long.parseLong(words[4]));
                }
            }
        }
        assertThat(targets).isExhausted();
        return new Seen(
                lines, sizes.values().stream().mapToLong(Long::longValue).sum());
    }

    /// What was said with a NUL behind each.
    private static List<byte[]> unpacked(List<String> lines) throws IOException {
        byte[] packed = Base64.getMimeDecoder().decode(String.join("", lines));
        byte[] whole = new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes();
        List<byte[]> all = new ArrayList<>();
        int from = 0;
        for (int at = 0; at < whole.length; at++) {
            if (whole[at] == 0) {
                all.add(Arrays.copyOfRange(whole, from, at));
                from = at + 1;
            }
        }
        return all;
    }

    private static FileTree tree(RealEngine real, ImageId image) {
        List<LayerStep> steps = real.engine().layers().steps(image);
        return real.engine().layers().tree(image, steps.getLast().layer().orElseThrow());
    }

    private void assertSeenAsComputed(RealEngine real, String image) throws IOException {
        ImageId id = real.engine().images().find(image).orElseThrow().id();
        Seen seen = seen(real, image);
        FileTree tree = tree(real, id);
        assertThat(seen.lines()).isNotEmpty().isEqualTo(computed(tree));
        assertThat(seen.bytes()).isEqualTo(computedBytes(tree));
        real.removeAll();
    }

    @Test
    void theWholeStackIsWhatAContainerSees() throws Exception {
        try (RealEngine real = new RealEngine(temporary.resolve("root"))) {
            String image = DerivedImage.ofStarter(real.engine(), temporary.resolve("stack"))
                    .with(new Layer()
                            .directory("srv", 0751, 0, 0, THEN)
                            .directory("srv/data", 02770, 33, 44, THEN + 1)
                            .file("srv/data/one", "one", 0640, 33, 44, THEN)
                            .hardLink("srv/data/two", "srv/data/one")
                            .link("srv/three", "data/one")
                            .hardLink("srv/four", "srv/three")
                            .file("srv/names/first", "of several names", 0644, 5, 6, THEN)
                            .hardLink("srv/names/second", "./srv/names/first")
                            .hardLink("srv/third", "srv/names/second")
                            .hardLink("srv/names/third", "srv/third")
                            .file("srv/gone", "gone", 04755, 0, 0, THEN)
                            .directory("srv/opaque", 0755, 0, 0, THEN)
                            .file("srv/opaque/below", "below", 0644, 0, 0, THEN)
                            .directory("srv/becomes-file", 0755, 0, 0, THEN)
                            .file("srv/becomes-file/lost", "lost", 0644, 0, 0, THEN)
                            .file("srv/becomes-directory", "file", 0644, 0, 0, THEN)
                            .file("odd/ü and space", "odd", 0600, 7, 8, THEN)
                            .file("odd/line\nfeed\ttab\\back", "odd", 0644, 0, 0, THEN)
                            .file("odd/\\xff\\xfe no text", "odd", 0644, 0, 0, THEN)
                            .file("odd/" + "n".repeat(255), "long", 0644, 0, 0, THEN)
                            .link("odd/to no text", "\\xff\n\\xfe")
                            .file("odd/-rf", "", 0644, 0, 0, THEN)
                            .pipe("odd/pipe")
                            .hardLink("odd/pipe too", "odd/pipe")
                            .file("d/".repeat(1000) + "deep", "deep", 0644, 3, 4, THEN)
                            .directory("hidden", 0755, 0, 0, THEN)
                            .file("hidden/\\xff", "hidden", 0644, 0, 0, THEN)
                            .file("hidden/kept", "kept", 0644, 0, 0, THEN))
                    .with(new Layer()
                            .file("implied/by/name", "x", 0644, 9, 9, THEN)
                            .file("srv/data/one", "another one", 0600, 1, 2, THEN + 5)
                            .file("srv/.wh.gone", "")
                            .file("srv/.wh.never-was", "")
                            .file("srv/names/.wh.first", "")
                            .file("srv/third", "of one name", 0644, 0, 0, THEN)
                            .file("never/was/.wh.this", "")
                            .file("hidden/.wh.\\xff", "")
                            .file("odd/.wh.line\nfeed\ttab\\back", "")
                            .hardLink("odd/above", "implied/by/name")
                            .file("srv/opaque/above", "above", 0644, 0, 0, THEN)
                            .file("srv/opaque/.wh..wh..opq", "")
                            .file("srv/becomes-file", "now a file", 0644, 0, 0, THEN)
                            .directory("srv/becomes-directory", 0700, 5, 5, THEN)
                            .file("srv/becomes-directory/in", "in", 0644, 5, 5, THEN)
                            .file("d/d/d/beside", "x", 0644, 0, 0, THEN))
                    .with(new Layer()
                            .file("srv/.wh.opaque", "")
                            .file("srv/gone", "back", 0644, 0, 0, THEN + 9)
                            .directory("srv/data", 0755, 0, 0, THEN + 7))
                    .importInto(real.engine());
            assertSeenAsComputed(real, image);
            // The test's own user may not delete what subordinate ids own.
            real.engine()
                    .images()
                    .remove(real.engine().images().find(image).orElseThrow().id());
        }
    }

    @Test
    void theStarterIsWhatAContainerSees() throws Exception {
        try (RealEngine real = new RealEngine(temporary.resolve("root"))) {
            assertSeenAsComputed(real, "darsena/starter:latest");
        }
    }

    @Test
    void filesOfTheSameContentAreFound() throws Exception {
        String content = "0123456789abcdef".repeat(1000);
        String other = "fedcba9876543210".repeat(1000);
        try (RealEngine real = new RealEngine(temporary.resolve("root"))) {
            String image = DerivedImage.ofStarter(real.engine(), temporary.resolve("same"))
                    .with(new Layer()
                            .file("srv/one", content, 0644, 0, 0, THEN)
                            .file("srv/other", other, 0644, 0, 0, THEN)
                            .file("srv/tool", content, 0644, 0, 0, THEN)
                            .file("srv/grown", other, 0644, 0, 0, THEN)
                            .hardLink("srv/name", "srv/one")
                            .file("srv/named", content, 0644, 0, 0, THEN)
                            .hardLink("srv/named too", "srv/named"))
                    .with(new Layer()
                            .file("srv/named", content, 0600, 0, 0, THEN)
                            .hardLink("srv/named too", "srv/named")
                            .file("srv/\\xff\n", content, 0600, 0, 0, THEN)
                            .file("srv/tool", content, 0755, 0, 0, THEN)
                            .file("srv/grown", content, 0644, 0, 0, THEN))
                    .importInto(real.engine());
            ImageId id = real.engine().images().find(image).orElseThrow().id();
            int base = DerivedImage.ofStarter(real.engine(), temporary.resolve("base"))
                    .layers();
            Duplicates found = real.engine().layers().duplicates(id, told -> {});
            Duplicates.Group group = found.groups().stream()
                    .filter(each -> each.size() == content.length())
                    .findFirst()
                    .orElseThrow();
            assertThat(group.copies())
                    .containsExactly(
                            new Duplicates.Copy("srv/one", base + 1),
                            new Duplicates.Copy("srv/grown", base + 2),
                            new Duplicates.Copy("srv/named", base + 2),
                            new Duplicates.Copy("srv/tool", base + 2),
                            new Duplicates.Copy("srv/\ufffd\n", base + 2));
            assertThat(found.rewritten())
                    .containsExactlyInAnyOrder(
                            new Duplicates.Rewritten("srv/tool", content.length(), base + 1, base + 2),
                            new Duplicates.Rewritten("srv/named", content.length(), base + 1, base + 2),
                            new Duplicates.Rewritten("srv/named too", content.length(), base + 1, base + 2));
            assertThat(found.unread()).isZero();
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> real.engine().layers().duplicates(id, told -> {}))
                    .isInstanceOf(CancellationException.class);
            assertThat(Thread.interrupted()).isTrue();
            real.engine().images().remove(id);
        }
    }

    @Test
    void contentsOfEqualSizeAreComparedWhateverTheTimesSay() throws Exception {
        String large = "0123456789abcdef".repeat(400_000);
        String beginsOtherwise = "x" + large.substring(1);
        String endsOtherwise = large.substring(1) + "x";
        try (RealEngine real = new RealEngine(temporary.resolve("root"))) {
            Layer moved = new Layer().file("srv/moved", "of one layer", 0644, 0, 0, THEN);
            Image before = imported(
                    real,
                    "before",
                    moved,
                    new Layer()
                            .file("srv/other", "one", 0644, 0, 0, THEN)
                            .file("srv/time", "same", 0600, 33, 33, THEN)
                            .file("srv/\\xff\n", "same", 0644, 0, 0, THEN)
                            .file("srv/begins", large, 0644, 0, 0, THEN)
                            .file("srv/ends", "y" + large.substring(1), 0644, 0, 0, THEN)
                            .file("srv/large", large, 0600, 33, 33, THEN));
            Image after = imported(
                    real,
                    "after",
                    new Layer()
                            .file("srv/other", "two", 0644, 0, 0, THEN)
                            .file("srv/time", "same", 0600, 33, 33, THEN + 1)
                            .file("srv/\\xff\n", "same", 0644, 0, 0, THEN)
                            .file("srv/begins", beginsOtherwise, 0644, 0, 0, THEN)
                            .file("srv/ends", endsOtherwise, 0644, 0, 0, THEN)
                            .file("srv/large", large, 0600, 33, 33, THEN),
                    moved);
            TreeComparison files = TreeComparison.of(
                    tree(real, before.id()), tree(real, after.id()), LayerComparison.of(before, after));
            assertThat(files.uncompared()).hasSize(6);
            List<Long> told = new ArrayList<>();
            ComparedContents found = real.engine()
                    .layers()
                    .compareContents(before.id(), after.id(), files, progress -> told.add(progress.done()));
            assertThat(found.differing().nodes().mapToObj(files::path))
                    .containsExactlyInAnyOrder("srv/other", "srv/begins", "srv/ends");
            assertThat(found.unread()).isEqualTo(NodeSet.NONE);
            assertThat(found.read()).isEqualTo(6);
            assertThat(told.getLast()).isEqualTo(files.sums().contents().bytes());
            assertThat(files.withContents(found).ignoringTimes().sums().changed())
                    .isEqualTo(3);
            Thread.currentThread().interrupt();
            assertThatThrownBy(() ->
                            real.engine().layers().compareContents(before.id(), after.id(), files, progress -> {}))
                    .isInstanceOf(CancellationException.class);
            assertThat(Thread.interrupted()).isTrue();
            real.engine().images().remove(before.id());
            real.engine().images().remove(after.id());
        }
    }

    @Test
    void contentsOfFilesOfSeveralNamesAreComparedUnderEachThatIsAFileOfItsOwn() throws Exception {
        try (RealEngine real = new RealEngine(temporary.resolve("root"))) {
            Image before = imported(
                    real,
                    "linked",
                    new Layer()
                            .file("srv/a", "one", 0644, 0, 0, THEN)
                            .hardLink("srv/b", "srv/a")
                            .hardLink("srv/c", "srv/a")
                            .file("srv/x", "two", 0644, 0, 0, THEN)
                            .hardLink("srv/y", "srv/x")
                            .file("srv/free", "fre", 0644, 0, 0, THEN));
            Image after = imported(
                    real,
                    "unlinked",
                    new Layer()
                            .file("srv/a", "one", 0644, 0, 0, THEN)
                            .file("srv/b", "oNe", 0644, 0, 0, THEN)
                            .file("srv/c", "one", 0644, 0, 0, THEN)
                            .file("srv/y", "tWo", 0644, 0, 0, THEN)
                            .hardLink("srv/x", "srv/y")
                            .hardLink("srv/free", "srv/y"));
            TreeComparison files = TreeComparison.of(
                    tree(real, before.id()), tree(real, after.id()), LayerComparison.of(before, after));
            assertThat(files.uncompared().mapToObj(files::path))
                    .containsExactlyInAnyOrder("srv/a", "srv/b", "srv/c", "srv/y", "srv/free");
            ComparedContents found =
                    real.engine().layers().compareContents(before.id(), after.id(), files, progress -> {});
            assertThat(found.unread()).isEqualTo(NodeSet.NONE);
            assertThat(found.read()).isEqualTo(5);
            TreeComparison known = files.withContents(found);
            for (TreeComparison each : List.of(known, known.reversed())) {
                assertThat(Arrays.stream(each.matching(FileFilter.ALL.withChanged(true)))
                                .mapToObj(each::path))
                        .containsExactlyInAnyOrder("srv/b", "srv/x", "srv/y", "srv/free");
                assertThat(each.sums().changed()).isEqualTo(4);
            }
            assertThat(known.sums().growth())
                    .isEqualTo(
                            known.after().total(FileTree.ROOT) - known.before().total(FileTree.ROOT))
                    .isEqualTo(3);
            real.engine().images().remove(before.id());
            real.engine().images().remove(after.id());
        }
    }

    private Image imported(RealEngine real, String name, Layer... layers) throws IOException {
        DerivedImage image = DerivedImage.ofStarter(real.engine(), temporary.resolve(name));
        for (Layer layer : layers) {
            image = image.with(layer);
        }
        return real.engine().images().find(image.importInto(real.engine())).orElseThrow();
    }
}
