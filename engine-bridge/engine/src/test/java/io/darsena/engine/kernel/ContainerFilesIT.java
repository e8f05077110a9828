package io.darsena.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.error.InvalidRequestException;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.layer.TreeSource;
import io.darsena.bridge.layer.TreeSource.OfContainer;
import io.darsena.bridge.layer.TreeSource.OfImage;
import io.darsena.bridge.layer.TreeTar;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a container has written, seen from outside: its changes, and files out of it.
@Timeout(180)
class ContainerFilesIT extends WrittenFiles {

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
        try (InputStream content = layers.content(source, FilePath.of("here"))) {
            assertThat(content).as("a file out of a tar is no tar").isNotInstanceOf(TreeTar.class);
        }
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
}
