package io.darsena.app.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.layer.FileKind;
import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.layer.FileTreeBuilder;
import io.darsena.bridge.layer.FileTreeBuilder.Facts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Of what image and container have, the lines that bring the one to the other.
class DockerfileLinesTest {

    private static final DockerfileLines.Image IMAGE = new DockerfileLines.Image("acme:1", "", List.of(), List.of());

    private final List<Entry> image = new ArrayList<>();
    private final List<Entry> container = new ArrayList<>();
    private final List<String> removed = new ArrayList<>();

    private record Entry(FileKind kind, String path, int mode, int owner, String link) {}

    private static Entry file(String path, int mode, int owner) {
        return new Entry(FileKind.FILE, path, mode, owner, "");
    }

    private static Entry directory(String path, int mode, int owner) {
        return new Entry(FileKind.DIRECTORY, path, mode, owner, "");
    }

    private static Entry link(String path, String target) {
        return new Entry(FileKind.SYMBOLIC_LINK, path, 0777, 0, target);
    }

    private FileTree tree(boolean whole) {
        FileTreeBuilder tree = new FileTreeBuilder(16);
        tree.begin(1, !whole);
        image.forEach(entry -> bring(tree, entry));
        if (whole) {
            tree.begin(2, true);
            removed.forEach(path -> tree.hide(find(tree, path, false)));
            container.forEach(entry -> bring(tree, entry));
        }
        return tree.build();
    }

    private static int find(FileTreeBuilder tree, String path, boolean implying) {
        int node = FileTree.ROOT;
        for (String part : path.split("/")) {
            byte[] name = part.getBytes(StandardCharsets.UTF_8);
            node = implying ? tree.imply(node, name, 0, name.length) : tree.child(node, name, 0, name.length);
        }
        return node;
    }

    private static void bring(FileTreeBuilder tree, Entry entry) {
        int slash = entry.path().lastIndexOf('/');
        int directory = slash < 0 ? FileTree.ROOT : find(tree, entry.path().substring(0, slash), true);
        byte[] name = entry.path().substring(slash + 1).getBytes(StandardCharsets.UTF_8);
        Facts facts = new Facts(entry.mode(), entry.owner(), entry.owner(), 0, 0, 0, false, false);
        int node = tree.put(directory, name, 0, name.length, entry.kind(), facts);
        byte[] target = entry.link().getBytes(StandardCharsets.UTF_8);
        tree.link(node, target, 0, target.length);
    }

    private List<String> lines(DockerfileLines.Image told, String... chosen) {
        ChangedFiles files = ChangedFiles.of(tree(true), () -> tree(false));
        List<FilePath> paths = Stream.of(chosen).map(FilePath::of).toList();
        return DockerfileLines.of(told, files, paths).lines().skip(1).toList();
    }

    private List<String> lines(String... chosen) {
        return lines(IMAGE, chosen);
    }

    @Test
    void whatIsCopiedHasItsOwnerAndMode() {
        container.addAll(List.of(
                file("run", 04755, 33),
                directory("one", 0750, 33),
                file("one/file", 0600, 33),
                directory("two", 0755, 0),
                file("two/file", 0644, 44),
                new Entry(FileKind.NAMED_PIPE, "two/pipe", 0640, 44, "")));
        assertThat(lines())
                .containsExactly(
                        "COPY --chown=33:33 one /one",
                        "RUN chmod 0750 /one",
                        "COPY --chown=33:33 --chmod=4755 run /run",
                        "RUN mkdir /two",
                        "COPY --chown=44:44 --chmod=0644 two/file /two/file",
                        "RUN mkfifo /two/pipe && chown 44:44 /two/pipe && chmod 0640 /two/pipe");
    }

    @Test
    void whatIsNowOfAnotherKindGivesWayFirst() {
        image.addAll(List.of(
                directory("a", 0755, 0),
                file("a/in", 0644, 0),
                file("b", 0644, 0),
                directory("c", 0755, 0),
                file("d", 0644, 0),
                link("e", "d")));
        container.addAll(List.of(
                file("a", 0644, 0),
                directory("b", 0755, 0),
                file("b/in", 0644, 0),
                link("c", "-d"),
                file("d", 0600, 0),
                link("e", "b")));
        assertThat(lines())
                .containsExactly(
                        "RUN rm -rf /a",
                        "COPY --chown=0:0 --chmod=0644 a /a",
                        "RUN rm -rf /b",
                        "COPY --chown=0:0 b /b",
                        "RUN rm -rf /c",
                        "RUN ln -sfn -- -d /c",
                        "COPY --chown=0:0 --chmod=0600 d /d",
                        "RUN ln -sfn b /e");
    }

    @Test
    void parentsOfWhatIsChosenLookAsInTheContainer() {
        image.addAll(List.of(directory("had", 0755, 0), file("had/gone", 0644, 0), file("had/kept", 0644, 0)));
        removed.add("had/gone");
        container.addAll(List.of(
                directory("had", 0700, 33),
                directory("new", 0711, 33),
                file("new/file", 0644, 0),
                file("new/other", 0644, 0)));
        assertThat(lines("had/gone", "new/file"))
                .containsExactly(
                        "RUN chown 33:33 /had && chmod 0700 /had",
                        "RUN rm -rf /had/gone",
                        "RUN mkdir /new && chown 33:33 /new && chmod 0711 /new",
                        "COPY --chown=0:0 --chmod=0644 new/file /new/file");
    }

    @Test
    void whateverFilesAreCalledTheLinesMeanThem() {
        image.addAll(List.of(file("it's $(here)", 0644, 0), file("two\nlines", 0644, 0)));
        removed.addAll(List.of("it's $(here)", "two\nlines"));
        container.addAll(List.of(
                file("--from=x", 0644, 0),
                file("a'b\"c", 0644, 0),
                file("c*[d]?", 0644, 0),
                file("e\\f$g", 0644, 0),
                link("h", "`i`; j")));
        assertThat(lines())
                .containsExactly(
                        "COPY --chown=0:0 --chmod=0644 [\"--from=x\", \"/--from=x\"]",
                        "COPY --chown=0:0 --chmod=0644 [\"a\\\\'b\\\\\\\"c\", \"/a\\\\'b\\\\\\\"c\"]",
                        "COPY --chown=0:0 --chmod=0644 [\"c[*][[]d][?]\", \"/c*[d]?\"]",
                        "COPY --chown=0:0 --chmod=0644 [\"e\\\\\\\\\\\\\\\\f\\\\$g\", \"/e\\\\\\\\f\\\\$g\"]",
                        "RUN ln -sfn '`i`; j' /h",
                        "RUN rm -rf '/it'\\''s $(here)'",
                        "RUN [\"rm\", \"-rf\", \"/two\\u000alines\"]");
    }

    @Test
    void whatIsRunIsRunByRootWhoeverTheImageRunsAs() {
        image.add(file("a", 0644, 0));
        removed.add("a");
        DockerfileLines.Image told = new DockerfileLines.Image("acme:1", "app", List.of("serve"), List.of("ENV A=1"));
        assertThat(lines(told)).containsExactly("USER 0:0", "RUN rm -rf /a", "USER app", "CMD [\"serve\"]", "ENV A=1");
        removed.clear();
        assertThat(lines(told)).containsExactly("CMD [\"serve\"]", "ENV A=1");
    }
}
