package io.darsena.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.darsena.bridge.Subscription;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.container.LogQuery;
import io.darsena.bridge.container.LogRecord;
import io.darsena.bridge.contract.LogCollector;
import io.darsena.bridge.error.ConflictException;
import io.darsena.bridge.error.FailedException;
import io.darsena.bridge.error.InvalidRequestException;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageConfig;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.layer.Commit;
import io.darsena.bridge.layer.ExtendedAttribute;
import io.darsena.bridge.layer.FileChange;
import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.layer.Layers;
import io.darsena.bridge.layer.TreeSource;
import io.darsena.bridge.layer.TreeSource.OfContainer;
import io.darsena.bridge.layer.TreeSource.OfImage;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a container has written, seen from outside: its changes, files out of it, and images made of it.
@Timeout(180)
class ContainerFilesIT {

    private static final String STARTER = "darsena/starter:latest";

    @TempDir
    Path temporary;

    private RealEngine real;
    private Layers layers;

    @BeforeEach
    void open() throws Exception {
        real = new RealEngine(temporary.resolve("root"));
        layers = real.engine().layers();
    }

    @AfterEach
    void close() throws Exception {
        real.removeAll();
        for (Image image : real.engine().images().list()) {
            real.engine().images().remove(image.id());
        }
        real.close();
    }

    private ContainerId ended(String image, String script) {
        RealEngine.Outcome outcome = real.run(ContainerSpec.of(image).withCommand(List.of("sh", "-c", script)));
        assertThat(outcome.code()).as(String.join("\n", outcome.err())).isZero();
        return outcome.id();
    }

    /// What is marked, a line each: sign and path.
    private static Map<String, String> changes(FileTree tree) {
        Map<String, String> marks = new TreeMap<>();
        IntStream.range(1, tree.limit())
                .filter(tree::isShown)
                .filter(node -> tree.change(node) != FileChange.NONE)
                .forEach(node -> marks.put(tree.path(node), tree.change(node).name()));
        return marks;
    }

    private static String text(InputStream bytes) throws IOException {
        try (bytes) {
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<String> names(InputStream tar) throws IOException {
        List<String> names = new ArrayList<>();
        try (TarArchiveInputStream entries = new TarArchiveInputStream(tar)) {
            for (TarArchiveEntry each = entries.getNextEntry(); each != null; each = entries.getNextEntry()) {
                names.add(each.getName());
            }
        }
        return names;
    }

    @Test
    void whatAContainerAddsChangesAndRemovesIsMarkedAndNothingElse() {
        ContainerId id = ended(
                STARTER,
                "mkdir -p /srv/new && echo one >/srv/new/file && ln -s file /srv/new/link && mkfifo /srv/new/pipe"
                        + " && ln /srv/new/file /srv/new/other && echo x >>/etc/passwd && rm /etc/group");
        assertThat(changes(layers.tree(new OfContainer(id))))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "srv", "ADDED",
                        "srv/new", "ADDED",
                        "srv/new/file", "ADDED",
                        "srv/new/link", "ADDED",
                        "srv/new/other", "ADDED",
                        "srv/new/pipe", "ADDED",
                        "etc/passwd", "CHANGED",
                        "etc/group", "REMOVED"));
    }

    @Test
    void aContainerThatWroteNothingHasNoChanges() {
        assertThat(changes(layers.tree(new OfContainer(ended(STARTER, "true")))))
                .isEmpty();
        ContainerId created = real.engine().containers().create(ContainerSpec.of(STARTER));
        assertThat(changes(layers.tree(new OfContainer(created)))).isEmpty();
    }

    @Test
    void whatARunningContainerWritesIsSeenWhileItRuns() throws Exception {
        ContainerId id = real.engine()
                .containers()
                .create(ContainerSpec.of(STARTER).withCommand(List.of("sh", "-c", "echo here >/here; sleep 600")));
        real.engine().containers().start(id);
        TreeSource source = new OfContainer(id);
        while (layers.tree(source).find("here") == FileTree.NONE) {
            Thread.sleep(20);
        }
        assertThat(text(layers.content(source, FilePath.of("here")))).isEqualTo("here\n");
    }

    @Test
    void filesComeFromTheLayerThatShowsThemWhoeverOwnsThem() throws Exception {
        ContainerId id = ended(
                STARTER, "echo secret >/mine && chmod 600 /mine && chown 33:44 /mine && echo added >>/etc/passwd");
        TreeSource source = new OfContainer(id);
        assertThat(text(layers.content(source, FilePath.of("mine")))).isEqualTo("secret\n");
        assertThat(text(layers.content(source, FilePath.of("/etc/passwd")))).endsWith("added\n");
        ImageId image = real.engine().containers().container(id).image();
        assertThat(text(layers.content(new OfImage(image, 1), FilePath.of("etc/passwd"))))
                .startsWith("root:")
                .doesNotContain("added");
    }

    @Test
    void whatIsNoFileIsRefusedWithAReason() {
        ContainerId id = ended(STARTER, "mkfifo /pipe && ln -s /etc/passwd /link && rm /etc/group");
        TreeSource source = new OfContainer(id);
        for (String none : List.of("pipe", "link", "etc", "")) {
            assertThatThrownBy(() -> layers.content(source, FilePath.of(none)))
                    .as(none)
                    .isInstanceOf(InvalidRequestException.class);
        }
        for (String gone : List.of("etc/group", "nowhere", "etc/passwd/below")) {
            assertThatThrownBy(() -> layers.content(source, FilePath.of(gone)))
                    .as(gone)
                    .isInstanceOf(NotFoundException.class);
        }
        assertThatThrownBy(() -> layers.tree(new OfContainer(ContainerId.parse("a".repeat(64)))))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void anArchiveHoldsWhatTheContainerSees() throws Exception {
        ContainerId id =
                ended(STARTER, "mkdir /srv && echo 1 >/srv/one && echo 2 >/srv/two && mkdir /srv/sub && rm /etc/group");
        TreeSource source = new OfContainer(id);
        assertThat(names(layers.archive(source, FilePath.of("srv"))))
                .containsExactly("srv/", "srv/one", "srv/sub/", "srv/two");
        assertThat(names(layers.archive(source, FilePath.of("srv/one")))).containsExactly("one");
        assertThat(names(layers.archive(source, FilePath.ROOT)))
                .contains("srv/", "srv/one", "etc/", "etc/passwd", "bin/")
                .doesNotContain("etc/group", "", "./");
    }

    @Test
    void aCommittedImageShowsWhatTheContainerSawAndRuns() throws Exception {
        ContainerId id = ended(
                STARTER,
                "mkdir /srv && echo kept >/srv/kept && chown 33:44 /srv/kept && rm /etc/group && ln /srv/kept /two");
        ImageReference name = ImageReference.parse("made/here:1");
        ImageId made = layers.commit(
                        id,
                        new Commit(
                                Optional.of(name),
                                "what it is",
                                "somebody",
                                Optional.of(new ImageConfig(
                                        List.of(),
                                        List.of("cat", "/srv/kept"),
                                        List.of("PATH=/bin", "A=1"),
                                        "/srv",
                                        "",
                                        "",
                                        List.of("80/tcp"),
                                        List.of(),
                                        Map.of("k", "v"))),
                                List.of(),
                                true))
                .image();
        Image image = real.engine().images().find("made/here:1").orElseThrow();
        assertThat(image.id()).isEqualTo(made);
        assertThat(image.config().workingDirectory()).isEqualTo("/srv");
        assertThat(image.config().labels()).isEqualTo(Map.of("k", "v"));
        assertThat(layers.steps(made).getLast().comment()).isEqualTo("what it is");
        assertThat(layers.steps(made).getLast().author()).isEqualTo("somebody");
        assertThat(real.run(ContainerSpec.of("made/here:1")).out()).containsExactly("kept");
        assertThat(real.run(ContainerSpec.of("made/here:1")
                                .withCommand(List.of("sh", "-c", "stat -c '%u:%g %h' kept; ls /etc/group 2>&1; pwd")))
                        .out())
                .containsExactly("33:44 2", "ls: /etc/group: No such file or directory", "/srv");
        FileTree whole = layers.tree(made, image.layers().size());
        FileTree container = layers.tree(new OfContainer(id));
        assertThat(changes(whole)).isEqualTo(changes(container));
        // Equal bytes of an image that is there already are one.
        assertThat(layers.commit(id, Commit.ofAll()).image()).isNotEqualTo(made);
    }

    @Test
    void onlyChosenPathsAreCommitted() {
        ContainerId id =
                ended(STARTER, "mkdir -p /srv/a /srv/b && echo 1 >/srv/a/one && echo 2 >/srv/b/two && rm /etc/group");
        ImageId made = layers.commit(
                        id,
                        new Commit(
                                Optional.empty(),
                                "",
                                "",
                                Optional.empty(),
                                List.of(FilePath.of("srv/a"), FilePath.of("etc/group")),
                                false))
                .image();
        Image image = real.engine().images().find(made.toString()).orElseThrow();
        assertThat(image.names()).isEmpty();
        assertThat(changes(layers.tree(made, image.layers().size())).keySet())
                .containsExactlyInAnyOrder("srv", "srv/a", "srv/a/one", "etc/group");
        assertThatThrownBy(() -> layers.commit(
                        id,
                        new Commit(
                                Optional.empty(), "", "", Optional.empty(), List.of(FilePath.of("etc/passwd")), false)))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("nothing has changed there");
    }

    @Test
    void nothingChangedMakesAnImageOfTheSameLayers() {
        ContainerId id = ended(STARTER, "true");
        Container container = real.engine().containers().container(id);
        Image base = real.engine().images().find(container.image().toString()).orElseThrow();
        ImageId made = layers.commit(id, Commit.ofAll()).image();
        Image image = real.engine().images().find(made.toString()).orElseThrow();
        assertThat(image.layers()).isEqualTo(base.layers());
        assertThat(made).isNotEqualTo(base.id());
    }

    @Test
    void aRunningOneIsPausedMeanwhileAndGoesOn() throws Exception {
        ContainerId id = real.engine()
                .containers()
                .create(ContainerSpec.of(STARTER).withCommand(List.of("sh", "-c", "echo x >/x; sleep 600")));
        real.engine().containers().start(id);
        while (layers.tree(new OfContainer(id)).find("x") == FileTree.NONE) {
            Thread.sleep(20);
        }
        ImageId made = layers.commit(
                        id, new Commit(Optional.empty(), "", "", Optional.empty(), List.of(), real.hasCgroups()))
                .image();
        assertThat(real.engine().containers().container(id).status()).isEqualTo(ContainerStatus.RUNNING);
        assertThat(layers.tree(
                                made,
                                real.engine()
                                        .images()
                                        .find(made.toString())
                                        .orElseThrow()
                                        .layers()
                                        .size())
                        .find("x"))
                .isNotEqualTo(FileTree.NONE);
    }

    /// What an image has below `/srv`, of every kind that matters.
    private static final String BASE = """
            mkdir -p /srv/kept/sub /srv/tree/sub /srv/links && cd /srv
            echo one >kept/file && echo two >kept/sub/file && chown 33:44 kept/file kept/sub && chmod 4711 kept/file
            chmod 2750 kept/sub && head -c 3000000 /dev/zero >tree/zeros && echo end >>tree/zeros
            echo deep >tree/sub/deep && ln -s sub/deep tree/link && mkfifo -m 640 tree/pipe
            echo pair >links/a && ln links/a links/b && ln -s nowhere gone && echo x >other
            for f in kept/file kept/sub/file tree/zeros tree/sub/deep links/a; do touch -d '2001-02-03 04:05:06' $f; done
            for d in kept/sub tree/sub tree links kept .; do touch -d '2002-03-04 05:06:07' $d; done
            """;

    private static final String FACTS = """
            cd /srv; find . -type d | sort | xargs stat -c '%n %F %a %u:%g %Y'
            find . ! -type d | sort | xargs stat -c '%n %F %s %a %u:%g %Y %h'
            find . -type f | sort | xargs md5sum; readlink gone; readlink tree/link
            """;

    /// Everything that can be done to it: what was a directory is another one, or a file, or gone.
    private static final String HARM = """
            cd /srv; echo more >>kept/file; chmod 700 kept/sub; chown 0:0 kept/sub; rm kept/sub/file; echo new >kept/new
            rm -r tree; mkdir tree; echo other >tree/zeros; mkdir -p tree/link/in/it; echo added >tree/added
            rm -r links; echo file >links; rm gone; mkdir gone; echo y >other; mkdir -p added/sub; echo z >added/sub/z
            """;

    private static final List<FilePath> ALL_HARMED = List.of(
            FilePath.of("srv/kept"),
            FilePath.of("srv/tree"),
            FilePath.of("srv/links"),
            FilePath.of("srv/gone"),
            FilePath.of("srv/other"),
            FilePath.of("srv/added"));

    private String baseImage() {
        ContainerId id = ended(STARTER, BASE);
        ImageReference name = ImageReference.parse("made/base:1");
        layers.commit(id, new Commit(Optional.of(name), "", "", Optional.empty(), List.of(), false));
        return name.toString();
    }

    private Map<String, String> changesBelow(ContainerId id, String directory) {
        Map<String, String> marks = changes(layers.tree(new OfContainer(id)));
        marks.keySet().removeIf(path -> !path.equals(directory) && !path.startsWith(directory + "/"));
        return marks;
    }

    private Map<String, String> committed(ContainerId id, String... paths) {
        List<FilePath> chosen = Stream.of(paths).map(FilePath::of).toList();
        ImageId made = layers.commit(id, new Commit(Optional.empty(), "", "", Optional.empty(), chosen, false))
                .image();
        int layer = real.engine()
                .images()
                .find(made.toString())
                .orElseThrow()
                .layers()
                .size();
        return changes(layers.tree(made, layer));
    }

    @Test
    void aChosenPathInADirectoryThatWasMadeAgainErasesNothingElseOfIt() {
        ContainerId id = ended(baseImage(), HARM);
        assertThat(committed(id, "srv/tree/added")).isEqualTo(Map.of("srv/tree/added", "ADDED"));
        assertThat(committed(id, "srv/tree/zeros", "srv/tree/link"))
                .isEqualTo(Map.of(
                        "srv/tree/zeros", "CHANGED",
                        "srv/tree/link", "CHANGED",
                        "srv/tree/link/in", "ADDED",
                        "srv/tree/link/in/it", "ADDED"));
    }

    @Test
    void aChosenDirectoryBelowOneThatWasMadeAgainIsWhatTheContainerSees() {
        ContainerId id = ended(baseImage(), "cd /srv; rm -r tree; mkdir -p tree/sub; echo new >tree/sub/new");
        assertThat(committed(id, "srv/tree/sub"))
                .isEqualTo(Map.of("srv/tree/sub/new", "ADDED", "srv/tree/sub/deep", "REMOVED"));
    }

    @Test
    void aChosenFileThatIsGoneIsRemovedAloneWhateverBecameOfItsDirectory() {
        ContainerId removed = ended(baseImage(), "rm -r /srv/kept; rm /srv/other");
        assertThat(committed(removed, "srv/kept/sub/file", "srv/other"))
                .as("its directories are as the image has them")
                .isEqualTo(Map.of("srv/kept/sub/file", "REMOVED", "srv/other", "REMOVED"));
        assertThat(committed(removed, "srv/kept/sub", "srv/kept/sub/file"))
                .isEqualTo(Map.of("srv/kept/sub", "REMOVED", "srv/kept/sub/file", "REMOVED"));
        ContainerId remade = ended(baseImage(), HARM);
        assertThat(committed(remade, "srv/tree/pipe", "srv/tree/added"))
                .isEqualTo(Map.of("srv/tree/pipe", "REMOVED", "srv/tree/added", "ADDED"));
        assertThat(committed(remade, "srv/tree/sub"))
                .isEqualTo(Map.of("srv/tree/sub", "REMOVED", "srv/tree/sub/deep", "REMOVED"));
    }

    @Test
    void whatNoLayerCanHaveIsCountedAsLeftOut() throws Exception {
        ContainerId id = ended(STARTER, "mkdir -p /srv/run && echo 1 >/srv/run/file");
        assertThat(layers.tree(new OfContainer(id)).leftOut()).isZero();
        assertThat(layers.commit(id, Commit.ofAll()).leftOut()).isZero();
        // A socket's address is too short for the container's own directory.
        Path socket =
                Path.of("/tmp").resolve("darsena-" + ProcessHandle.current().pid());
        try (ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listening.bind(UnixDomainSocketAddress.of(socket));
            Files.move(socket, real.paths().containerUpper(id).resolve("srv/run/socket"));
        } finally {
            Files.deleteIfExists(socket);
        }
        FileTree tree = layers.tree(new OfContainer(id));
        assertThat(tree.find("srv/run/socket")).isEqualTo(FileTree.NONE);
        assertThat(tree.leftOut()).isOne();
        assertThat(layers.commit(id, Commit.ofAll()).leftOut()).isOne();
    }

    @Test
    void whatIsRevertedInAContainerThatDoesNotRunIsTheImagesToTheLastDetail() {
        String image = baseImage();
        List<String> facts = real.run(ContainerSpec.of(image).withCommand(List.of("sh", "-c", FACTS)))
                .out();
        assertThat(facts).hasSizeGreaterThan(15);
        ContainerId id = ended(image, "if [ -e /harmed ]; then " + FACTS + " else " + HARM + " touch /harmed; fi");
        assertThat(changesBelow(id, "srv")).hasSizeGreaterThan(10);
        layers.revert(id, ALL_HARMED);
        assertThat(changesBelow(id, "srv")).isEmpty();
        // Nothing of it lies in the container's own layer any more, directories above it neither.
        assertThat(real.paths().containerUpper(id).resolve("srv")).doesNotExist();
        assertThat(real.run(id).out()).isEqualTo(facts);
    }

    @Test
    void singleFilesComeBackOutOfADirectoryThatWasMadeAgain() throws Exception {
        ContainerId id = ended(baseImage(), HARM);
        layers.revert(
                id, List.of(FilePath.of("srv/tree/zeros"), FilePath.of("srv/tree/sub"), FilePath.of("srv/links")));
        Map<String, String> left = changesBelow(id, "srv/tree");
        assertThat(left.keySet())
                .containsExactlyInAnyOrder(
                        "srv/tree/link", "srv/tree/link/in", "srv/tree/link/in/it", "srv/tree/added", "srv/tree/pipe");
        assertThat(text(layers.content(new OfContainer(id), FilePath.of("srv/tree/sub/deep"))))
                .isEqualTo("deep\n");
        layers.revert(id, List.of(FilePath.ROOT));
        assertThat(changes(layers.tree(new OfContainer(id)))).isEmpty();
    }

    @Test
    void aFileBelowADirectoryThatIsGoneIsRefusedWithTheRemedy() {
        ContainerId id = ended(baseImage(), "rm -r /srv/tree");
        assertThatThrownBy(() -> layers.revert(id, List.of(FilePath.of("srv/tree/sub/deep"))))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("/srv/tree")
                .hasMessageContaining("revert the whole directory");
    }

    @Test
    void whatIsRevertedInARunningContainerIsTheImagesAndNoChangeAnyMore() throws Exception {
        String image = baseImage();
        List<String> facts = real.run(ContainerSpec.of(image).withCommand(List.of("sh", "-c", FACTS)))
                .out();
        ContainerId id = real.ready(ContainerSpec.of(image)
                .withCommand(List.of(
                        "sh",
                        "-c",
                        HARM + "exec 3<other; trap '" + FACTS.replace("'", "\"")
                                + " cat <&3; echo told' USR1; echo ready;" + " while :; do sleep 0.05; done")));
        assertThat(changesBelow(id, "srv")).hasSizeGreaterThan(10);
        layers.revert(id, ALL_HARMED);
        assertThat(changesBelow(id, "srv")).isEmpty();
        LogCollector log = new LogCollector();
        try (Subscription reading = real.containers().logs(id, LogQuery.ALL.withFollow(true), log)) {
            log.awaitLine("ready");
            real.containers().kill(id, "USR1");
            log.awaitLine("told");
        }
        List<String> said = log.all().stream().map(LogRecord::line).toList();
        List<String> expected = new ArrayList<>(facts);
        // The directory above had its entries changed: its own time is the container's.
        List<String> now = new ArrayList<>(said.subList(1, said.size() - 2));
        expected.removeFirst();
        now.removeFirst();
        assertThat(now).isEqualTo(expected);
        assertThat(said.get(said.size() - 2))
                .as("what was open stays what it was")
                .isEqualTo("y");
        assertThatThrownBy(() -> layers.revert(id, List.of(FilePath.of("etc/hosts"))))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void aPausedContainerIsRevertedAsItStandsAndGoesOn() {
        assumeTrue(real.hasCgroups(), "containers have no freezer here");
        ContainerId id = real.ready(ContainerSpec.of(baseImage())
                .withCommand(List.of(
                        "sh",
                        "-c",
                        HARM + "trap 'cat /srv/other /srv/tree/sub/deep; ls /srv/added; echo told' USR1; echo ready;"
                                + " while :; do sleep 0.05; done")));
        real.containers().pause(id);
        layers.revert(id, ALL_HARMED);
        assertThat(real.containers().container(id).status()).isEqualTo(ContainerStatus.PAUSED);
        assertThat(changesBelow(id, "srv")).isEmpty();
        real.containers().resume(id);
        LogCollector log = new LogCollector();
        try (Subscription reading = real.containers().logs(id, LogQuery.ALL.withFollow(true), log)) {
            real.containers().kill(id, "USR1");
            log.awaitLine("told");
        }
        assertThat(log.all().stream().map(LogRecord::line).toList()).contains("x", "deep");
    }

    private void inside(ContainerId id, String... command) throws Exception {
        List<String> words = new ArrayList<>(List.of("nsenter", "-m", "-t", Integer.toString(real.pid(id))));
        if (!"root".equals(System.getProperty("user.name"))) {
            words.addAll(List.of("-U", "--preserve-credentials"));
        }
        words.addAll(List.of(command));
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    @Test
    void whereSomethingIsMountedInsideIsLeftAloneAndBesideItIsReverted() throws Exception {
        ContainerId id = real.ready(ContainerSpec.of(baseImage())
                .withCommand(List.of(
                        "sh",
                        "-c",
                        "echo mine >/srv/kept/file; echo mine >/srv/kept/sub/file; mkdir -p /srv/added/sub /etc;"
                                + " echo x >/srv/added/file; echo y >/etc/passwd; echo ready; sleep 600")));
        inside(id, "mount", "-t", "tmpfs", "none", "/srv/kept/sub");
        inside(id, "sh", "-c", "echo below >/srv/kept/sub/file");
        inside(id, "mount", "-t", "tmpfs", "none", "/srv/added/sub");
        inside(id, "sh", "-c", "echo below >/srv/added/sub/file");
        layers.revert(id, List.of(FilePath.of("srv/kept/file")));
        assertThat(text(layers.content(new OfContainer(id), FilePath.of("srv/kept/file"))))
                .isEqualTo("one\n");
        for (String mounted : List.of("srv/kept", "srv/kept/sub/file", "srv/added")) {
            assertThatThrownBy(() -> layers.revert(id, List.of(FilePath.of(mounted))))
                    .as(mounted)
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining("something is mounted there")
                    .hasMessageContaining("stop the container first");
        }
        inside(id, "sh", "-c", "[ $(cat /srv/kept/sub/file /srv/added/sub/file | grep -c below) = 2 ]");
        // What the engine mounts lies there in every container.
        layers.revert(id, List.of(FilePath.of("etc")));
        assertThat(changesBelow(id, "etc")).isEmpty();
        inside(id, "sh", "-c", "[ -s /etc/hosts ]");
        inside(id, "umount", "/srv/kept/sub");
        inside(id, "umount", "/srv/added/sub");
        layers.revert(id, List.of(FilePath.ROOT));
        assertThat(changes(layers.tree(new OfContainer(id)))).isEmpty();
    }

    private static Map<String, String> attributes(InputStream tar) throws IOException {
        try (TarArchiveInputStream entries = new TarArchiveInputStream(tar)) {
            Map<String, String> all = new TreeMap<>(entries.getNextEntry().getExtraPaxHeaders());
            all.keySet().removeIf(key -> !key.startsWith("SCHILY.xattr."));
            return all;
        }
    }

    @Test
    void extendedAttributesComeBackWhetherTheContainerRunsOrNot() throws Exception {
        byte[] mayBindPorts = {1, 0, 0, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        String image = DerivedImage.ofStarter(real.engine(), temporary.resolve("attributes"))
                .with(new DerivedImage.Layer()
                        .file(
                                "srv/tool",
                                "tool",
                                Map.of("user.darsena", new byte[] {'a', 0, '='}, "security.capability", mayBindPorts))
                        .file("srv/plain", "plain", Map.of())
                        .link("etc/resolv.conf", "../run/resolve/stub.conf"))
                .importInto(real.engine());
        Image known = real.engine().images().find(image).orElseThrow();
        FilePath tool = FilePath.of("srv/tool");
        Map<String, String> had =
                attributes(layers.archive(new OfImage(known.id(), known.layers().size()), tool));
        assertThat(had).containsKey("SCHILY.xattr.user.darsena");
        OfImage whole = new OfImage(known.id(), known.layers().size());
        assertThat(layers.attributes(whole, tool))
                .contains(new ExtendedAttribute("user.darsena", new byte[] {'a', 0, '='}));
        assertThat(layers.attributes(whole, FilePath.of("srv/plain"))).isEmpty();
        assertThat(layers.attributes(whole, FilePath.of("srv"))).isEmpty();
        String harm = "cd /srv; rm tool plain; echo tool >tool; echo plain >plain;";
        for (ContainerId id : List.of(
                ended(image, harm),
                real.ready(ContainerSpec.of(image).withCommand(List.of("sh", "-c", harm + "echo ready; sleep 600"))))) {
            assertThat(attributes(layers.archive(new OfContainer(id), tool))).isEmpty();
            layers.revert(id, List.of(FilePath.of("srv")));
            assertThat(changesBelow(id, "srv")).isEmpty();
            assertThat(attributes(layers.archive(new OfContainer(id), tool))).isEqualTo(had);
            assertThat(changes(layers.tree(new OfContainer(id))))
                    .as("the engine has made the file that the link leads to")
                    .isEmpty();
            ImageId made = layers.commit(id, new Commit(Optional.empty(), "", "", Optional.empty(), List.of(), false))
                    .image();
            assertThat(real.engine()
                            .images()
                            .find(made.toString())
                            .orElseThrow()
                            .layers())
                    .isEqualTo(known.layers());
        }
    }

    /// Moves directories that are being reverted out and back, and puts links in their places.
    private static final String RESTLESS = """
            cd /srv; mkdir keep; echo kept >keep/file; fill() { mkdir -p race/a/deep/er; for i in 1 2 3 4 5 6 7 8 9; do
            echo x >race/a/deep/$i; echo x >race/a/deep/er/$i; done; }; fill; echo ready
            while :; do mv race/a/deep keep/deep; ln -s ../../keep race/a/deep; rm race/a/deep; mv keep/deep race/a/deep
            mv race/a race/b; ln -s ../keep race/a; rm race/a; mv race/b race/a
            rm -r kept; ln -s keep kept; rm kept; mkdir kept; fill; done 2>/dev/null
            """;

    @Test
    void aContainerThatMovesDirectoriesMeanwhileHarmsNobody() throws Exception {
        ContainerId id = real.ready(ContainerSpec.of(baseImage()).withCommand(List.of("sh", "-c", RESTLESS)));
        int done = 0;
        for (int turn = 0; turn < 24; turn++) {
            try {
                layers.revert(id, List.of(FilePath.of(turn % 2 == 0 ? "srv/race" : "srv/kept")));
                done++;
            } catch (ConflictException | NotFoundException | FailedException told) {
                assertThat(told.getMessage()).contains(turn % 2 == 0 ? "srv/race" : "srv/kept");
            }
        }
        assertThat(done).as("many end well").isPositive();
        assertThat(text(layers.content(new OfContainer(id), FilePath.of("srv/keep/file"))))
                .as("what links lead to is no part of it")
                .isEqualTo("kept\n");
        real.containers().kill(id, "KILL");
        real.containers().await(id);
        layers.revert(id, List.of(FilePath.ROOT));
        assertThat(changes(layers.tree(new OfContainer(id)))).isEmpty();
    }
}
