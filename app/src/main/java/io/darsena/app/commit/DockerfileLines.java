package io.darsena.app.commit;

import io.darsena.app.run.CommandWords;
import io.darsena.app.text.PlainText;
import io.darsena.bridge.layer.FileChange;
import io.darsena.bridge.layer.FileKind;
import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.FileTree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What a Dockerfile would say to come to the same image, as far as files and command go: of what was added and changed
/// the topmost paths, taken from a directory where they lie as in the container.
final class DockerfileLines {

    /// More of them nobody reads.
    static final int MOST = 200;

    private final FileTree tree;
    private final List<FilePath> chosen;
    private final List<String> lines = new ArrayList<>();
    private int left;

    private DockerfileLines(FileTree tree, List<FilePath> chosen) {
        this.tree = tree;
        this.chosen = chosen;
    }

    /// @param chosen paths, each with all below it; empty for all
    /// @param command empty for that of the image
    static String of(String image, FileTree tree, List<FilePath> chosen, List<String> command) {
        DockerfileLines dockerfile = new DockerfileLines(tree, chosen);
        dockerfile.lines.add("FROM " + image);
        dockerfile.walk(FileTree.ROOT, chosen.isEmpty() || chosen.contains(FilePath.ROOT));
        if (dockerfile.left > 0) {
            dockerfile.lines.add("# … " + dockerfile.left);
        }
        if (!command.isEmpty()) {
            dockerfile.lines.add("CMD " + json(command));
        }
        return String.join("\n", dockerfile.lines);
    }

    /// Of a directory that was removed or added nothing below it is named.
    private void walk(int directory, boolean wanted) {
        Arrays.stream(tree.children(directory))
                .boxed()
                .sorted(tree::compareNames)
                .forEach(node -> {
                    boolean here = wanted || chosen.contains(tree.filePath(node));
                    FileChange change = tree.change(node);
                    if (here && change != FileChange.NONE) {
                        add(node, change);
                    }
                    boolean goesOn = change == FileChange.NONE || change == FileChange.CHANGED || !here;
                    if (goesOn && tree.kind(node) == FileKind.DIRECTORY && tree.touched(node) > 0) {
                        walk(node, here);
                    }
                });
    }

    private void add(int node, FileChange change) {
        if (lines.size() >= MOST) {
            left++;
            return;
        }
        String path = "/" + tree.path(node);
        lines.add(
                change == FileChange.REMOVED
                        ? run("rm", "-rf", path)
                        : switch (tree.kind(node)) {
                            case FILE, HARD_LINK -> copy(tree.path(node));
                            case DIRECTORY ->
                                change == FileChange.ADDED
                                        ? copy(tree.path(node))
                                        : owned(
                                                tree.uid(node) + ":" + tree.gid(node),
                                                String.format(Locale.ROOT, "%04o", tree.mode(node)),
                                                path);
                            case SYMBOLIC_LINK -> run("ln", "-sfn", tree.link(node), path);
                            case NAMED_PIPE -> run("mkfifo", path);
                            case CHARACTER_DEVICE -> device("c", node, path);
                            case BLOCK_DEVICE -> device("b", node, path);
                        });
    }

    private String device(String kind, int node, String path) {
        String[] numbers = tree.link(node).split(",", 2);
        return numbers.length == 2 ? run("mknod", path, kind, numbers[0], numbers[1]) : "# " + PlainText.line(path);
    }

    /// Its owner and mode, in one line unless the path would break it.
    private static String owned(String owner, String mode, String path) {
        String word = CommandWords.line(List.of(path));
        return PlainText.isPlain(path)
                ? "RUN chown " + owner + " " + word + " && chmod " + mode + " " + word
                : run("chown", owner, path) + "\n" + run("chmod", mode, path);
    }

    /// In the shell's form, unless a word would break the line or forge it.
    private static String run(String... words) {
        List<String> all = List.of(words);
        boolean breaks = !all.stream().allMatch(PlainText::isPlain);
        return "RUN " + (breaks ? json(all) : CommandWords.line(all));
    }

    /// Variables are expanded in both paths, and the source is a pattern (Dockerfile reference, COPY).
    private static String copy(String path) {
        String to = "/" + path.replace("\\", "\\\\").replace("$", "\\$");
        String from = path.replaceAll("([\\\\*?\\[$])", "\\\\$1");
        return path.matches("[A-Za-z0-9_@%+=:,./-]+") ? "COPY " + from + " " + to : "COPY " + json(List.of(from, to));
    }

    private static String json(List<String> words) {
        return "[" + String.join(", ", words.stream().map(DockerfileLines::json).toList()) + "]";
    }

    private static String json(String word) {
        StringBuilder text = new StringBuilder("\"");
        boolean plain = PlainText.isPlain(word);
        for (char letter : word.toCharArray()) {
            if (letter == '"' || letter == '\\') {
                text.append('\\').append(letter);
            } else if (!plain && !PlainText.isPlain(Character.toString(letter))) {
                text.append("\\").append(String.format(Locale.ROOT, "u%04x", (int) letter));
            } else {
                text.append(letter);
            }
        }
        return text.append('"').toString();
    }
}
