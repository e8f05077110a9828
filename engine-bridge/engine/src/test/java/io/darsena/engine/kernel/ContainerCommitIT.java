package io.darsena.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageConfig;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.layer.Commit;
import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.layer.TreeSource.OfContainer;
import io.darsena.bridge.layer.TreeTar;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Images made of what a container has written, of all of it or of what is chosen.
@Timeout(180)
class ContainerCommitIT extends WrittenFiles {

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
        Path near = Path.of("/tmp/darsena-" + ProcessHandle.current().pid());
        Files.createSymbolicLink(near, real.paths().containerUpper(id).resolve("srv/run"));
        try (ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listening.bind(UnixDomainSocketAddress.of(near.resolve("socket")));
        } finally {
            Files.delete(near);
        }
        FileTree tree = layers.tree(new OfContainer(id));
        assertThat(tree.find("srv/run/socket")).isEqualTo(FileTree.NONE);
        assertThat(tree.leftOut()).isOne();
        assertThat(layers.commit(id, Commit.ofAll()).leftOut()).isOne();
        for (String path : List.of("srv", "srv/run")) {
            assertThat(leftOut(id, path)).as(path).isOne();
        }
        for (String path : List.of("bin", "srv/run/file")) {
            assertThat(leftOut(id, path)).as(path).isZero();
        }
    }

    private long leftOut(ContainerId id, String path) throws IOException {
        try (TreeTar tar = layers.archive(new OfContainer(id), FilePath.of(path))) {
            tar.transferTo(OutputStream.nullOutputStream());
            return tar.leftOut();
        }
    }
}
