package io.darsena.engine.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.layer.FileKind;
import io.darsena.bridge.layer.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files of several names, held against a plain picture of what lies on the disk: each path leads to a file, and
/// several
/// may lead to the same one.
class NamesOfFilesTest {

    private static final int STACKS = 500;
    private static final List<String> PATHS =
            List.of("a", "b", "c", "d/a", "d/b", "d/c", "e/a", "e/b", "e/f/a", "e/f/b");

    @TempDir
    Path temporary;

    /// What lies on the disk once.
    private static final class Content {
        private final long size;

        Content(long size) {
            this.size = size;
        }
    }

    private static void remove(Map<String, Content> there, String path) {
        there.keySet().removeIf(each -> each.equals(path) || each.startsWith(path + "/"));
    }

    /// A layer as lines of an index; what it does is done to what is there.
    private static String layer(Random random, Map<String, Content> there) {
        StringBuilder lines = new StringBuilder();
        for (String gone : List.of("a", "d", "e/f", "e", "d/b", "b")) {
            if (random.nextInt(6) == 0) {
                boolean opaque = gone.length() == 1 && gone.compareTo("c") > 0 && random.nextBoolean();
                lines.append("%c\t755\t0\t0\t0\t0\t-\t%s\t\n".formatted(opaque ? 'o' : 'w', gone));
                remove(there, gone);
            }
        }
        Map<String, Content> own = new TreeMap<>();
        for (int entries = random.nextInt(8); entries > 0; entries--) {
            String path = PATHS.get(random.nextInt(PATHS.size()));
            List<String> files = new ArrayList<>(own.keySet());
            boolean links = !files.isEmpty() && random.nextBoolean();
            String target = links ? files.get(random.nextInt(files.size())) : "";
            Content content = links ? Objects.requireNonNull(own.get(target)) : new Content(random.nextInt(100));
            own.put(path, content);
            there.put(path, content);
            lines.append("%c\t644\t0\t0\t%d\t0\t-\t%s\t%s\n"
                    .formatted(links ? 'h' : 'f', links ? 0 : content.size, path, target));
        }
        return lines.toString();
    }

    private static long bytes(Set<Content> contents) {
        return contents.stream().mapToLong(each -> each.size).sum();
    }

    @Test
    void eachFileCountsOnceWhicheverOfItsNamesIsLeft() throws IOException {
        for (int seed = 0; seed < STACKS; seed++) {
            Random random = new Random(seed);
            Map<String, Content> there = new TreeMap<>();
            Set<Content> seen = new HashSet<>();
            int layers = 1 + random.nextInt(4);
            LayerStack stack = new LayerStack(4, new LayerStack.Watcher() {});
            WasteCount waste = new WasteCount(4);
            for (int number = 1; number <= layers; number++) {
                Path index = Files.writeString(temporary.resolve("index" + number), layer(random, there));
                stack.add(index, number, number == layers);
                waste.add(index, number);
                seen.addAll(there.values());
            }
            String subject = "stack " + seed;
            FileTree tree = stack.build();
            Set<Content> left = new HashSet<>(there.values());
            assertThat(tree.total(FileTree.ROOT)).as(subject).isEqualTo(bytes(left));
            assertThat(waste.result().bytes()).as(subject).isEqualTo(bytes(seen) - bytes(left));
            assertNamedByTheirFirst(subject, tree, there);
        }
    }

    private static void assertNamedByTheirFirst(String subject, FileTree tree, Map<String, Content> there) {
        Set<Content> first = new HashSet<>();
        List<Integer> files = IntStream.range(1, tree.limit())
                .filter(node -> tree.isThere(node) && tree.kind(node).isFile())
                .boxed()
                .toList();
        assertThat(files.stream().map(tree::path).collect(Collectors.toSet()))
                .as(subject)
                .isEqualTo(there.keySet());
        for (int node : files) {
            Content content = Objects.requireNonNull(there.get(tree.path(node)));
            assertThat(tree.size(node)).as(subject).isEqualTo(content.size);
            if (tree.kind(node) == FileKind.FILE) {
                assertThat(first.add(content)).as(subject).isTrue();
                assertThat(tree.link(node)).as(subject).isEmpty();
            } else {
                assertThat(there.get(tree.link(node))).as(subject).isSameAs(content);
                assertThat(tree.kind(tree.find(tree.link(node)))).as(subject).isEqualTo(FileKind.FILE);
            }
        }
        assertThat(first).as(subject).isEqualTo(new HashSet<>(there.values()));
    }
}
