package io.darsena.bridge.layer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/// What package managers keep so that they need not fetch it again, and what no container needs: the directories that
/// Docker's own best practices, hadolint and the managers' manuals say to empty. What speeds up a program's start
/// (`__pycache__`) is none.
public enum PackageCache {
    APT_LISTS(false, "var/lib/apt/lists", "rm -rf /var/lib/apt/lists/*"),
    APT(false, "var/cache/apt", "apt-get clean"),
    APK(false, "var/cache/apk", "rm -rf /var/cache/apk/*"),
    DNF(false, "var/cache/dnf", "dnf clean all"),
    DNF5(false, "var/cache/libdnf5", "dnf clean all"),
    YUM(false, "var/cache/yum", "yum clean all"),
    ZYPPER(false, "var/cache/zypp", "zypper clean --all"),
    PACMAN(false, "var/cache/pacman/pkg", "rm -rf /var/cache/pacman/pkg/*"),
    YARN(false, "usr/local/share/.cache/yarn", "yarn cache clean"),
    PIP(true, ".cache/pip", "pip cache purge"),
    UV(true, ".cache/uv", "uv cache clean"),
    NPM(true, ".npm/_cacache", "npm cache clean --force"),
    PNPM(true, ".local/share/pnpm/store", "pnpm store prune"),
    COMPOSER(true, ".composer/cache", "composer clear-cache"),
    MAVEN(true, ".m2/repository", "rm -rf ~/.m2/repository"),
    GRADLE(true, ".gradle/caches", "rm -rf ~/.gradle/caches"),
    CARGO(true, ".cargo/registry", "rm -rf ~/.cargo/registry"),
    GO(true, ".cache/go-build", "go clean -cache");

    private static final FilePath ROOTS_HOME = FilePath.of("root");
    private static final FilePath HOMES = FilePath.of("home");

    private final boolean inHome;
    private final byte[] directory;
    private final String cleaning;

    PackageCache(boolean inHome, String directory, String cleaning) {
        this.inHome = inHome;
        this.directory = directory.getBytes(StandardCharsets.UTF_8);
        this.cleaning = cleaning;
    }

    /// The command that empties it, for the end of the instruction that fills it.
    public String cleaning() {
        return cleaning;
    }

    /// A cache's directory in a tree.
    public record Place(PackageCache cache, int node) {}

    /// The caches that there are in a tree, empty ones too.
    public static List<Place> in(FileTree tree) {
        List<Integer> homes = new ArrayList<>();
        homes.add(tree.find(ROOTS_HOME));
        int above = tree.find(HOMES);
        if (above != FileTree.NONE) {
            Arrays.stream(tree.children(above)).forEach(homes::add);
        }
        List<Place> places = new ArrayList<>();
        for (PackageCache cache : values()) {
            for (int start : cache.inHome ? homes : List.of(FileTree.ROOT)) {
                int node = start == FileTree.NONE ? start : tree.find(start, FilePath.of(cache.directory));
                if (node != FileTree.NONE && tree.isThere(node) && tree.kind(node) == FileKind.DIRECTORY) {
                    places.add(new Place(cache, node));
                }
            }
        }
        return places;
    }

    /// What lies in a tree's caches, by its numbers.
    public static BitSet contents(FileTree tree) {
        BitSet caches = new BitSet();
        in(tree).forEach(place -> caches.set(place.node()));
        BitSet contents = new BitSet();
        for (int node = FileTree.ROOT + 1; !caches.isEmpty() && node < tree.limit(); node++) {
            int above = tree.parent(node);
            contents.set(node, above != FileTree.NONE && (caches.get(above) || contents.get(above)));
        }
        return contents;
    }

    /// What a tree's caches hold, by the layer that brought it; the largest first. Of files without bytes nothing is
    /// said.
    static List<Waste.Cache> held(FileTree tree) {
        List<Waste.Cache> held = new ArrayList<>();
        for (Place place : in(tree)) {
            long[] bytes = new long[tree.layer() + 1];
            int[] files = new int[tree.layer() + 1];
            count(tree, place.node(), bytes, files);
            for (int layer = 0; layer < bytes.length; layer++) {
                if (bytes[layer] > 0) {
                    held.add(new Waste.Cache(
                            place.cache(), tree.filePath(place.node()), layer, bytes[layer], files[layer]));
                }
            }
        }
        held.sort((one, other) -> Long.compare(other.bytes(), one.bytes()));
        return held;
    }

    private static void count(FileTree tree, int cache, long[] bytes, int[] files) {
        Deque<Integer> left = new ArrayDeque<>(List.of(cache));
        while (!left.isEmpty()) {
            for (int node : tree.children(left.pop())) {
                if (!tree.isThere(node)) {
                    continue;
                }
                if (tree.kind(node) == FileKind.DIRECTORY) {
                    left.push(node);
                } else if (tree.kind(node) == FileKind.FILE) {
                    bytes[tree.layerOf(node)] += tree.size(node);
                    files[tree.layerOf(node)]++;
                }
            }
        }
    }
}
