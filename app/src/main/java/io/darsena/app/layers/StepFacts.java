package io.darsena.app.layers;

import io.darsena.bridge.layer.FileKind;
import io.darsena.bridge.layer.FileTree;
import java.util.List;
import java.util.Optional;

/// What a layer did, counted: entries that are no directories.
///
/// @param cache what a package manager has left in it, which the next step cannot remove any more
record StepFacts(int added, int changed, int removed, Optional<Cache> cache) {

    private static final long LEAST_CACHE = 100_000;

    /// @param path of a directory, without a leading slash
    /// @param cure what the instruction should end with
    record Known(String path, String cure) {}

    /// @param bytes that the layer brings there
    record Cache(long bytes, String cure) {}

    private static final List<Known> CACHES = List.of(
            new Known("var/lib/apt/lists", "rm -rf /var/lib/apt/lists/*"),
            new Known("var/cache/apt", "apt-get clean"),
            new Known("var/cache/apk", "rm -rf /var/cache/apk/*"),
            new Known("var/cache/dnf", "dnf clean all"),
            new Known("var/cache/yum", "yum clean all"),
            new Known("var/cache/zypp", "zypper clean --all"),
            new Known("var/cache/pacman/pkg", "rm -rf /var/cache/pacman/pkg/*"),
            new Known("root/.cache/pip", "pip cache purge"),
            new Known("root/.npm", "npm cache clean --force"),
            new Known("usr/local/share/.cache/yarn", "yarn cache clean"),
            new Known("root/.m2/repository", "rm -rf /root/.m2/repository"),
            new Known("root/.cache/go-build", "go clean -cache"));

    static StepFacts of(FileTree tree) {
        int added = 0;
        int changed = 0;
        int removed = 0;
        for (int node = FileTree.ROOT + 1; node < tree.limit(); node++) {
            if (!tree.isShown(node) || tree.kind(node) == FileKind.DIRECTORY) {
                continue;
            }
            switch (tree.change(node)) {
                case ADDED -> added++;
                case CHANGED -> changed++;
                case REMOVED -> removed++;
                case NONE -> {}
            }
        }
        return new StepFacts(added, changed, removed, cache(tree));
    }

    private static Optional<Cache> cache(FileTree tree) {
        long bytes = 0;
        StringBuilder cure = new StringBuilder();
        for (Known known : CACHES) {
            int node = tree.find(known.path());
            long here = node == FileTree.NONE ? 0 : tree.brought(node);
            if (here >= LEAST_CACHE) {
                bytes += here;
                cure.append(" && ").append(known.cure());
            }
        }
        return bytes == 0
                ? Optional.empty()
                : Optional.of(new Cache(bytes, cure.toString().strip()));
    }
}
