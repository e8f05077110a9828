package io.darsena.app.commit;

import io.darsena.bridge.layer.FileChange;
import io.darsena.bridge.layer.FileKind;
import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.FileTree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What a Dockerfile would say to come to the same image, as far as files and command go: of what was added and changed
/// the topmost paths, taken from a directory where they lie as in the container, modes included.
final class DockerfileLines {

    /// More of them nobody reads.
    static final int MOST = 200;

    private static final int USUAL_DIRECTORY = 0755;

    private static final Set<String> ROOT_USERS = Set.of("", "0", "0:0", "root", "root:root");

    private final FileTree tree;
    private final Set<Integer> replaced;
    private final List<FilePath> chosen;
    private final Set<Integer> parents = new HashSet<>();
    private final List<String> lines = new ArrayList<>();
    private int left;

    private DockerfileLines(ChangedFiles files, List<FilePath> chosen) {
        this.tree = files.tree();
        this.replaced = files.replaced();
        this.chosen = chosen;
        for (FilePath path : chosen) {
            for (int node = tree.find(path); node > FileTree.ROOT && parents.add(tree.parent(node)); ) {
                node = tree.parent(node);
            }
        }
    }

    /// What the image is told by, and how it is to be run.
    ///
    /// @param user of the base image: who runs what a Dockerfile says; may be empty
    /// @param command empty for that of the base image
    /// @param changes instructions, as they are
    record Image(String base, String user, List<String> command, List<String> changes) {}

    /// @param chosen paths, each with all below it; empty for all
    static String of(Image image, ChangedFiles files, List<FilePath> chosen) {
        DockerfileLines dockerfile = new DockerfileLines(files, chosen);
        dockerfile.walk(FileTree.ROOT, chosen.isEmpty() || chosen.contains(FilePath.ROOT));
        return dockerfile.text(image);
    }

    private String text(Image image) {
        List<String> all = new ArrayList<>();
        all.add("FROM " + image.base());
        boolean runs = lines.stream().anyMatch(line -> line.startsWith("RUN "));
        boolean asRoot = runs && !ROOT_USERS.contains(image.user());
        if (asRoot) {
            all.add("USER 0:0");
        }
        all.addAll(lines);
        if (left > 0) {
            all.add("# … " + left);
        }
        if (asRoot) {
            all.add("USER " + DockerfileWords.word(image.user()));
        }
        if (!image.command().isEmpty()) {
            all.add("CMD " + DockerfileWords.json(image.command()));
        }
        all.addAll(image.changes());
        return String.join("\n", all);
    }

    /// Of a directory that was removed, or comes whole, nothing below it is named.
    private void walk(int directory, boolean wanted) {
        Arrays.stream(tree.children(directory))
                .boxed()
                .sorted(tree::compareNames)
                .forEach(node -> {
                    boolean here = wanted || chosen.contains(tree.filePath(node));
                    if (!here && parents.contains(node) && tree.isThere(node) && tree.change(node) != FileChange.NONE) {
                        addParent(node);
                    }
                    boolean whole = here && tree.change(node) != FileChange.NONE && add(node);
                    if (!whole && tree.kind(node) == FileKind.DIRECTORY && tree.touched(node) > 0) {
                        walk(node, here);
                    }
                });
    }

    /// @return whether that says all of what is below it, too
    private boolean add(int node) {
        FilePath path = tree.filePath(node);
        if (lines.size() >= MOST || !DockerfileWords.canSay(path)) {
            left++;
            return tree.kind(node) != FileKind.DIRECTORY || isNew(node) || !tree.isThere(node);
        }
        if (!tree.isThere(node)) {
            run(List.of("rm", "-rf", absolute(node)));
            return true;
        }
        makeRoom(node);
        if (tree.kind(node) == FileKind.DIRECTORY) {
            return addDirectory(node);
        }
        addLeaf(node);
        return true;
    }

    /// A copy would put a file into a directory that has its name, and a link as well.
    private void makeRoom(int node) {
        if (replaced.contains(node)) {
            run(List.of("rm", "-rf", absolute(node)));
        }
    }

    /// Of what is chosen: it looks as in the container.
    private void addParent(int node) {
        if (lines.size() >= MOST || !DockerfileWords.canSay(tree.filePath(node))) {
            return;
        }
        makeRoom(node);
        if (isNew(node)) {
            make(node);
        } else {
            run(owned(node), permitted(node));
        }
    }

    private void make(int directory) {
        List<List<String>> commands = new ArrayList<>(List.of(List.of("mkdir", absolute(directory))));
        if (!isRoots(directory)) {
            commands.add(owned(directory));
        }
        if (tree.mode(directory) != USUAL_DIRECTORY) {
            commands.add(permitted(directory));
        }
        lines.addAll(DockerfileWords.run(commands));
    }

    private boolean isRoots(int node) {
        return tree.uid(node) == 0 && tree.gid(node) == 0;
    }

    private String absolute(int node) {
        return "/" + tree.path(node);
    }

    /// The image has no directory there.
    private boolean isNew(int node) {
        return tree.change(node) == FileChange.ADDED || replaced.contains(node);
    }

    private boolean addDirectory(int node) {
        if (!isNew(node)) {
            run(owned(node), permitted(node));
            return false;
        }
        if (!comesWhole(node)) {
            make(node);
            return false;
        }
        lines.add("COPY --chown=" + owner(node) + " " + DockerfileWords.copied(tree.path(node)));
        if (tree.mode(node) != USUAL_DIRECTORY) {
            run(permitted(node));
        }
        return true;
    }

    /// A copy gives all of a directory one owner, and brings neither pipes nor devices.
    private boolean comesWhole(int directory) {
        return Arrays.stream(tree.children(directory))
                .filter(tree::isThere)
                .allMatch(child -> owner(child).equals(owner(directory))
                        && isCopied(tree.kind(child))
                        && (tree.kind(child) != FileKind.DIRECTORY || comesWhole(child)));
    }

    private static boolean isCopied(FileKind kind) {
        return kind.isFile() || kind == FileKind.DIRECTORY || kind == FileKind.SYMBOLIC_LINK;
    }

    private void addLeaf(int node) {
        String path = absolute(node);
        switch (tree.kind(node)) {
            case FILE, HARD_LINK, DIRECTORY ->
                lines.add("COPY --chown=" + owner(node) + " --chmod=" + mode(node) + " "
                        + DockerfileWords.copied(tree.path(node)));
            case SYMBOLIC_LINK -> {
                String target = tree.link(node);
                List<String> link = target.startsWith("-")
                        ? List.of("ln", "-sfn", "--", target, path)
                        : List.of("ln", "-sfn", target, path);
                if (isRoots(node)) {
                    run(link);
                } else {
                    run(link, List.of("chown", "-h", owner(node), path));
                }
            }
            case NAMED_PIPE -> special(node, List.of("mkfifo", path));
            case CHARACTER_DEVICE -> device("c", node, path);
            case BLOCK_DEVICE -> device("b", node, path);
        }
    }

    private void device(String kind, int node, String path) {
        String[] numbers = tree.link(node).split(",", 2);
        if (numbers.length == 2) {
            special(node, List.of("mknod", path, kind, numbers[0], numbers[1]));
        } else {
            left++;
        }
    }

    private void special(int node, List<String> make) {
        if (tree.change(node) == FileChange.CHANGED && !replaced.contains(node)) {
            run(List.of("rm", "-f", absolute(node)));
        }
        run(make, owned(node), permitted(node));
    }

    private List<String> owned(int node) {
        return List.of("chown", owner(node), absolute(node));
    }

    /// Behind the change of the owner, which takes away the bits that give the file's own rights.
    private List<String> permitted(int node) {
        return List.of("chmod", mode(node), absolute(node));
    }

    private String owner(int node) {
        return tree.uid(node) + ":" + tree.gid(node);
    }

    private String mode(int node) {
        return String.format(Locale.ROOT, "%04o", tree.mode(node));
    }

    @SafeVarargs
    private void run(List<String>... commands) {
        lines.addAll(DockerfileWords.run(List.of(commands)));
    }
}
