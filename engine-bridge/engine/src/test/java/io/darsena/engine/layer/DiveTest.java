package io.darsena.engine.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.layer.Waste;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The numbers that dive tells, computed a second time as dive's source defines them (filetree/efficiency.go): of the
/// leaves of each layer's own tree the sizes are added up by path, and a whiteout of a directory counts as the sizes of
/// what the layers below have in it. Paths that occur twice or more are wasted bytes; the score is the sum of the
/// smallest sizes over the sum of all.
class DiveTest {

    private static final int STACKS = 400;
    private static final List<String> NAMES = List.of("a", "b", "c");

    @TempDir
    Path temporary;

    /// An entry of a layer.
    ///
    /// @param type as in an index: `f`, `d`, `w`, `o`, `h`
    /// @param link of what a hard link is one more name
    private record Entry(char type, long size, String link) {
        Entry(char type, long size) {
            this(type, size, "");
        }
    }

    private static boolean isBelow(String path, String directory) {
        return path.startsWith(directory + "/");
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    private static String randomPath(Random random) {
        StringBuilder path = new StringBuilder(NAMES.get(random.nextInt(3)));
        for (int depth = random.nextInt(3); depth > 0; depth--) {
            path.append('/').append(NAMES.get(random.nextInt(3)));
        }
        return path.toString();
    }

    /// What a builder could have made on top of what is there: whiteouts only of what is, none below another one.
    private static TreeMap<String, Entry> randomLayer(Random random, Map<String, Long> there) {
        TreeMap<String, Entry> layer = new TreeMap<>();
        for (int entries = random.nextInt(7); entries > 0; entries--) {
            String path = randomPath(random);
            boolean hides = random.nextInt(3) == 0 && there.containsKey(path);
            boolean opaque = hides && there.getOrDefault(path, 0L) < 0 && random.nextBoolean();
            boolean taken = layer.containsKey(path)
                    || layer.keySet().stream().anyMatch(other -> isBelow(other, path) && (hides || !opaque));
            boolean free = !taken && mayBeMade(layer, parent(path));
            if (!free) {
                continue;
            }
            if (hides && !opaque) {
                layer.put(path, new Entry('w', 0));
            } else {
                boolean directory = opaque || random.nextInt(4) == 0;
                layer.put(path, new Entry(opaque ? 'o' : directory ? 'd' : 'f', directory ? 0 : random.nextInt(100)));
            }
            for (String above = parent(path); !above.isEmpty(); above = parent(above)) {
                layer.putIfAbsent(above, new Entry('d', 0));
            }
        }
        return layer;
    }

    /// Gives files of a layer more names. For dive each is an empty file.
    private static void link(Random random, TreeMap<String, Entry> layer) {
        List<String> files = layer.entrySet().stream()
                .filter(entry -> entry.getValue().type() == 'f')
                .map(Map.Entry::getKey)
                .toList();
        for (String file : files) {
            String path = parent(file) + (parent(file).isEmpty() ? "" : "/") + NAMES.get(random.nextInt(3));
            layer.putIfAbsent(path, new Entry('h', 0, file));
        }
    }

    /// All that is above is a directory, or nothing yet, and no whiteout hides what is in it.
    private static boolean mayBeMade(Map<String, Entry> layer, String directory) {
        for (String above = directory; !above.isEmpty(); above = parent(above)) {
            Entry entry = layer.get(above);
            if (entry != null && entry.type() != 'd') {
                return false;
            }
        }
        return true;
    }

    private static long below(Map<String, Long> there, String directory) {
        return there.entrySet().stream()
                .filter(entry -> isBelow(entry.getKey(), directory) && entry.getValue() > 0)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static void count(DivePaths counted, Map<String, Entry> layer, Map<String, Long> there) {
        layer.forEach((path, entry) -> {
            boolean leaf = layer.keySet().stream().noneMatch(other -> isBelow(other, path));
            if (leaf) {
                long size = entry.type() == 'w' && there.getOrDefault(path, 0L) < 0 ? below(there, path) : entry.size();
                counted.add(path, size);
            }
        });
    }

    /// @return the bytes that nobody sees any more
    private static long apply(Map<String, Entry> layer, Map<String, Long> there) {
        Map<String, Long> before = new HashMap<>(there);
        layer.forEach((path, entry) -> {
            boolean file = entry.type() == 'f' || entry.type() == 'h';
            if (entry.type() == 'w') {
                there.remove(path);
            }
            if (entry.type() != 'd') {
                there.keySet().removeIf(other -> isBelow(other, path));
            }
            if (entry.type() != 'w') {
                there.put(path, file ? entry.size() : -1L);
            }
        });
        return before.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .filter(entry -> !there.containsKey(entry.getKey()) || layer.containsKey(entry.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private Path index(Map<String, Entry> layer, int number) throws IOException {
        StringBuilder lines = new StringBuilder();
        layer.forEach((path, entry) -> {
            if (entry.type() == 'o') {
                lines.append("d\t755\t0\t0\t0\t0\t-\t%s\t\n".formatted(path));
            }
            if (entry.type() != 'h') {
                lines.append("%c\t644\t0\t0\t%d\t0\t-\t%s\t\n".formatted(entry.type(), entry.size(), path));
            }
        });
        layer.forEach((path, entry) -> {
            if (entry.type() == 'h') {
                lines.append("h\t644\t0\t0\t0\t0\t-\t%s\t%s\n".formatted(path, entry.link()));
            }
        });
        return Files.writeString(temporary.resolve("index" + number), lines);
    }

    @Test
    void efficiencyAndWastedBytesAreThoseOfDive() throws IOException {
        for (int seed = 0; seed < STACKS; seed++) {
            Random random = new Random(seed);
            Map<String, Long> there = new HashMap<>();
            DivePaths counted = new DivePaths();
            WasteCount waste = new WasteCount(4);
            boolean links = seed % 2 == 1;
            long unseen = 0;
            for (int number = 1; number <= 4; number++) {
                TreeMap<String, Entry> layer = randomLayer(random, there);
                if (links) {
                    link(random, layer);
                }
                count(counted, layer, there);
                unseen += apply(layer, there);
                waste.add(index(layer, number), number);
            }
            Waste result = waste.result();
            assertThat(result.efficiency()).as("stack %d", seed).isEqualTo(counted.efficiency());
            assertThat(result.repeated()).as("stack %d", seed).isEqualTo(counted.wasted());
            if (!links) {
                assertThat(result.bytes()).as("stack %d", seed).isEqualTo(unseen);
            }
        }
    }
}
