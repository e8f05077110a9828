package io.darsena.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.layer.FileChange;
import io.darsena.bridge.layer.FileKind;
import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.layer.LayerStep;
import io.darsena.engine.kernel.DerivedImage.Layer;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
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

    private static final String LIST =
            "find / -xdev -mindepth 1 -exec stat -c '%n|%F|%a|%u|%g|%s|%Y|%h' {} + 2>/dev/null";

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

    /// A line of each entry: what it is, permissions, owner; of files and links also sizes and times.
    private static TreeMap<String, String> computed(FileTree tree) {
        TreeMap<String, String> lines = new TreeMap<>();
        IntStream.range(1, tree.limit()).filter(tree::isShown).forEach(node -> {
            FileKind kind = tree.kind(node);
            if (tree.change(node) == FileChange.REMOVED || isOurs(tree.path(node)) || tree.isLeftOut(node)) {
                return;
            }
            String line = "%s %o %d:%d".formatted(word(kind), tree.mode(node), tree.uid(node), tree.gid(node));
            if (kind == FileKind.FILE || kind == FileKind.HARD_LINK) {
                line += " " + tree.size(node) + " " + tree.modifiedAt(node).getEpochSecond();
            }
            lines.put(tree.path(node), line);
        });
        return lines;
    }

    private static TreeMap<String, String> seen(RealEngine real, String image) {
        TreeMap<String, String> lines = new TreeMap<>();
        for (String line : real.run(ContainerSpec.of(image).withCommand(List.of("sh", "-c", LIST)))
                .out()) {
            String[] words = line.split("\\|");
            String path = words[0].substring(1);
            String kind = words[1].replace("regular empty file", "regular file");
            if (!isOurs(path)) {
                String fact = "%s %s %s:%s".formatted(kind, words[2], words[3], words[4]);
                lines.put(path, kind.equals("regular file") ? fact + " " + words[5] + " " + words[6] : fact);
            }
        }
        return lines;
    }

    private static FileTree tree(RealEngine real, ImageId image) {
        List<LayerStep> steps = real.engine().layers().steps(image);
        return real.engine().layers().tree(image, steps.getLast().layer().orElseThrow());
    }

    private void assertSeenAsComputed(RealEngine real, String image) {
        ImageId id = real.engine().images().find(image).orElseThrow().id();
        assertThat(seen(real, image)).isEqualTo(computed(tree(real, id)));
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
                            .file("srv/gone", "gone", 04755, 0, 0, THEN)
                            .directory("srv/opaque", 0755, 0, 0, THEN)
                            .file("srv/opaque/below", "below", 0644, 0, 0, THEN)
                            .directory("srv/becomes-file", 0755, 0, 0, THEN)
                            .file("srv/becomes-file/lost", "lost", 0644, 0, 0, THEN)
                            .file("srv/becomes-directory", "file", 0644, 0, 0, THEN)
                            .file("odd/ü and space", "odd", 0600, 7, 8, THEN))
                    .with(new Layer()
                            .file("srv/data/one", "another one", 0600, 1, 2, THEN + 5)
                            .file("srv/.wh.gone", "")
                            .file("srv/.wh.never-was", "")
                            .file("srv/opaque/above", "above", 0644, 0, 0, THEN)
                            .file("srv/opaque/.wh..wh..opq", "")
                            .file("srv/becomes-file", "now a file", 0644, 0, 0, THEN)
                            .directory("srv/becomes-directory", 0700, 5, 5, THEN)
                            .file("srv/becomes-directory/in", "in", 0644, 5, 5, THEN)
                            .file("implied/by/name", "x", 0644, 0, 0, THEN))
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
}
