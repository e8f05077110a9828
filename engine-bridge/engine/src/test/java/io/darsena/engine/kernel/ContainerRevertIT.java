package io.darsena.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.darsena.bridge.Subscription;
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
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.layer.Commit;
import io.darsena.bridge.layer.ExtendedAttribute;
import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.TreeSource.OfContainer;
import io.darsena.bridge.layer.TreeSource.OfImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a container has written made again what its image has, whether it runs or not.
@Timeout(180)
class ContainerRevertIT extends WrittenFiles {

    private static final String FACTS = """
            cd /srv; find . -type d | sort | xargs stat -c '%n %F %a %u:%g %Y'
            find . ! -type d | sort | xargs stat -c '%n %F %s %a %u:%g %Y %h'
            find . -type f | sort | xargs md5sum; readlink gone; readlink tree/link
            """;

    private static final List<FilePath> ALL_HARMED = List.of(
            FilePath.of("srv/kept"),
            FilePath.of("srv/tree"),
            FilePath.of("srv/links"),
            FilePath.of("srv/gone"),
            FilePath.of("srv/other"),
            FilePath.of("srv/added"));

    private Map<String, String> changesBelow(ContainerId id, String directory) {
        Map<String, String> marks = changes(layers.tree(new OfContainer(id)));
        marks.keySet().removeIf(path -> !path.equals(directory) && !path.startsWith(directory + "/"));
        return marks;
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
