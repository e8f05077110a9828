package io.darsena.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.layer.FileKind;
import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.layer.TreeSource;
import io.darsena.engine.starter.StarterImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/// All files of an image, as a container sees them or as they are computed from the indexes of its layers, in one form,
/// so that both can be held against each other entry by entry.
///
/// @param lines of each entry, by its path: what it is, permissions, owner; of files the size, and of those of several
/// names the first one in alphabetical order; of all but directories the time; of links what they say. Paths and links
/// have a char for each byte.
/// @param bytes of all files, each counted once though it has several names, as `du` does
record MergedFiles(SortedMap<String, String> lines, long bytes) {

    /// busybox of the starter image, laid into the container: images need not have a `find`.
    private static final String TOOL = "busybox-of-the-tests";

    /// Where the engine itself puts something into a container, or this test does.
    private static final Set<String> OURS =
            Set.of("dev", "proc", "sys", "etc/hosts", "etc/hostname", "etc/resolv.conf", TOOL);

    /// Names, what they are, and what links say, each in the order in which `find` walks. Names and links may have any
    /// byte but NUL in them.
    private static final String LIST = """
            exec 2>/dev/null # the kernel shows the name of a whiteout that hides nothing, and then has no such file
            packed() { "$0" gzip | "$0" base64; echo --; }
            "$0" find / -xdev -mindepth 1 -print0 | packed
            "$0" find / -xdev -mindepth 1 -exec "$0" stat -c "%F|%a|%u|%g|%s|%Y|%i" {} +
            echo --
            "$0" find / -xdev -mindepth 1 -type l -exec "$0" sh -c '
            for each in "$@"; do "$0" readlink -n "$each"; printf "\\0"; done' "$0" {} + | packed""";

    private static final int SHOWN = 40;

    static boolean isOurs(String path) {
        return OURS.stream().anyMatch(ours -> path.equals(ours) || path.startsWith(ours + "/"));
    }

    static String word(FileKind kind) {
        return switch (kind) {
            case FILE, HARD_LINK -> "regular file";
            case DIRECTORY -> "directory";
            case SYMBOLIC_LINK -> "symbolic link";
            case CHARACTER_DEVICE -> "character special file";
            case BLOCK_DEVICE -> "block special file";
            case NAMED_PIPE -> "fifo";
        };
    }

    /// A char for each byte.
    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    static FileTree tree(RealEngine real, ImageId image) {
        int layers = real.engine()
                .images()
                .find(image.toString())
                .orElseThrow()
                .layers()
                .size();
        return real.engine().layers().tree(image, layers);
    }

    /// What differs, an entry a line; empty where nothing does. Of many the first ones.
    static List<String> differences(SortedMap<String, String> expected, SortedMap<String, String> found) {
        TreeSet<String> paths = new TreeSet<>(expected.keySet());
        paths.addAll(found.keySet());
        List<String> differences = new ArrayList<>();
        int all = 0;
        for (String path : paths) {
            String one = expected.getOrDefault(path, "nothing");
            String other = found.getOrDefault(path, "nothing");
            if (!one.equals(other) && all++ < SHOWN) {
                differences.add("/%s: expected %s, found %s".formatted(path, one, other));
            }
        }
        if (all > SHOWN) {
            differences.add(all + " in all");
        }
        return differences;
    }

    static MergedFiles computed(FileTree tree) {
        Names<String> names = new Names<>();
        SortedMap<String, String> lines = new TreeMap<>();
        IntStream.range(1, tree.limit()).filter(tree::isThere).forEach(node -> {
            String path = text(tree.filePath(node).bytes());
            if (isOurs(path) || tree.isLeftOut(node)) {
                return;
            }
            String kind = word(tree.kind(node));
            if (tree.kind(node).isFile()) {
                names.add(tree.kind(node) == FileKind.FILE ? path : text(tree.rawLink(node)), path);
            }
            lines.put(
                    path,
                    line(
                            kind,
                            "%o %d:%d".formatted(tree.mode(node), tree.uid(node), tree.gid(node)),
                            Long.toString(tree.size(node)),
                            Long.toString(tree.modifiedAt(node).getEpochSecond()),
                            text(tree.rawLink(node))));
        });
        names.mark(lines);
        return new MergedFiles(lines, computedBytes(tree));
    }

    private static String line(String kind, String owned, String size, String seconds, String link) {
        String line = kind + " " + owned;
        line += kind.equals("regular file") ? " " + size : "";
        // The time of a directory is when something in it was made last, where no entry says another.
        line += kind.equals("directory") ? "" : " " + seconds;
        return line + (kind.equals("symbolic link") ? " -> " + link : "");
    }

    private static long computedBytes(FileTree tree) {
        return tree.total(FileTree.ROOT)
                - IntStream.range(1, tree.limit())
                        .filter(node -> tree.isThere(node) && tree.kind(node) == FileKind.FILE)
                        .filter(node -> isOurs(tree.path(node)))
                        .mapToLong(tree::size)
                        .sum();
    }

    /// Runs a container of the image, which is removed again.
    ///
    /// @param scratch a directory for this test
    static MergedFiles seen(RealEngine real, String image, Path scratch) throws IOException {
        ContainerId id = container(real, image, LIST, scratch);
        List<String> told = real.run(id).out();
        real.containers().forceRemove(id);
        int facts = told.indexOf("--") + 1;
        int links = facts + told.subList(facts, told.size()).indexOf("--") + 1;
        List<String> paths = unpacked(told.subList(0, facts - 1));
        assertThat(paths).hasSize(links - facts - 1);
        Iterator<String> targets =
                unpacked(told.subList(links, told.size() - 1)).iterator();
        SortedMap<String, String> lines = new TreeMap<>();
        Map<String, Long> sizes = new HashMap<>();
        Names<String> names = new Names<>();
        for (int i = 0; i < paths.size(); i++) {
            String[] words = told.get(facts + i).split("\\|", -1);
            String kind = words[0].replace("regular empty file", "regular file");
            String target = kind.equals("symbolic link") ? targets.next() : "";
            String path = paths.get(i).substring(1);
            if (isOurs(path)) {
                continue;
            }
            lines.put(path, line(kind, words[1] + " " + words[2] + ":" + words[3], words[4], words[5], target));
            if (kind.equals("regular file")) {
                sizes.put(words[6], Long.parseLong(words[4]));
                names.add(words[6], path);
            }
        }
        assertThat(targets).isExhausted();
        names.mark(lines);
        return new MergedFiles(
                lines, sizes.values().stream().mapToLong(Long::longValue).sum());
    }

    /// A container of the image that is about to run a script, in which `$0` is busybox.
    static ContainerId container(RealEngine real, String image, String script, Path scratch) throws IOException {
        ContainerId id = real.containers()
                .create(ContainerSpec.of(image)
                        .withEntrypoint(List.of("/" + TOOL, "sh", "-c", script, "/" + TOOL))
                        .withCommand(List.of())
                        .withUser("0")
                        .withWorkingDirectory("/"));
        real.install(id, tool(real, scratch));
        return id;
    }

    private static Path tool(RealEngine real, Path scratch) throws IOException {
        Path tool = scratch.resolve(TOOL);
        if (Files.notExists(tool)) {
            ImageId starter = real.engine()
                    .images()
                    .find(StarterImage.NAME.toString())
                    .orElseThrow()
                    .id();
            TreeSource source =
                    new TreeSource.OfImage(starter, tree(real, starter).layer());
            try (InputStream busybox = real.engine().layers().content(source, FilePath.of("bin/busybox"))) {
                Files.copy(busybox, tool);
            }
            Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return tool;
    }

    /// What was said with a NUL behind each.
    private static List<String> unpacked(List<String> lines) throws IOException {
        byte[] packed = Base64.getMimeDecoder().decode(String.join("", lines));
        byte[] whole = new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes();
        List<String> all = new ArrayList<>();
        int from = 0;
        for (int at = 0; at < whole.length; at++) {
            if (whole[at] == 0) {
                all.add(text(Arrays.copyOfRange(whole, from, at)));
                from = at + 1;
            }
        }
        return all;
    }

    /// Which names are of one file, whatever tells files apart.
    static final class Names<F> {
        private final Map<F, TreeSet<String>> files = new HashMap<>();

        void add(F file, String path) {
            files.computeIfAbsent(file, none -> new TreeSet<>()).add(path);
        }

        /// Adds to the lines of files that have several names which is the first.
        void mark(Map<String, String> lines) {
            files.values().stream()
                    .filter(names -> names.size() > 1)
                    .forEach(names -> names.forEach(
                            name -> lines.computeIfPresent(name, (path, line) -> line + " = /" + names.first())));
        }
    }
}
