package io.darsena.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.layer.Commit;
import io.darsena.bridge.layer.ComparedContents;
import io.darsena.bridge.layer.Duplicates;
import io.darsena.bridge.layer.FileDifference;
import io.darsena.bridge.layer.FileFilter;
import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.layer.LayerComparison;
import io.darsena.bridge.layer.LayerComparison.Layer;
import io.darsena.bridge.layer.NodeSet;
import io.darsena.bridge.layer.PackageCache;
import io.darsena.bridge.layer.TreeComparison;
import io.darsena.bridge.layer.TreeSource;
import io.darsena.bridge.layer.TreeSource.OfContainer;
import io.darsena.bridge.layer.Waste;
import io.darsena.bridge.layer.Waste.Hidden;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a container wastes, has twice, and has otherwise than an image or another container.
@Timeout(180)
class ContainerWasteIT extends WrittenFiles {

    private static final int ZEROS = 3_000_004;

    private Image imageOf(ContainerId id) {
        String image = real.containers().container(id).image().toString();
        return real.engine().images().find(image).orElseThrow();
    }

    private static FilePath path(String text) {
        return FilePath.of(text);
    }

    @Test
    void whatAContainerOverwritesAndRemovesOfItsImageIsHiddenByItsOwnLayer() {
        ContainerId id = ended(
                baseImage(),
                "echo more >>/srv/other; rm -r /srv/tree; echo mine >/mine; chmod 700 /srv/kept/sub"
                        + "; mkdir -p /var/cache/apk && head -c 5000 /dev/zero >/var/cache/apk/index");
        Image image = imageOf(id);
        int own = image.layers().size() + 1;
        Waste ofImage = layers.waste(TreeSource.of(image));
        Waste waste = layers.waste(new OfContainer(id));
        assertThat(waste.hidden())
                .filteredOn(each -> each.hiddenBy() == own)
                .containsExactly(
                        new Hidden(path("srv/tree"), ZEROS + 5, own - 1, own, true),
                        new Hidden(path("srv/other"), 2, own - 1, own, false));
        assertThat(waste.bytes()).isEqualTo(ofImage.bytes() + ZEROS + 5 + 2);
        assertThat(waste.removedBytes()).isEqualTo(ofImage.removedBytes() + ZEROS + 5);
        assertThat(waste.efficiency()).isLessThan(ofImage.efficiency());
        assertThat(waste.caches()).contains(new Waste.Cache(PackageCache.APK, path("var/cache/apk"), own, 5000, 1));
        assertThat(waste.brought())
                .isEqualTo(layers.tree(new OfContainer(id)).brought(FileTree.ROOT))
                .isGreaterThan(5000);
        Waste ofIdle = layers.waste(new OfContainer(ended(image.id().toString(), "true")));
        assertThat(ofIdle)
                .as("one that has written nothing")
                .usingRecursiveComparison()
                .ignoringFields("brought")
                .isEqualTo(ofImage);
        assertThat(ofIdle.brought()).isZero();
    }

    @Test
    void whatAContainerHasTwiceAndBringsAgainIsFound() {
        ContainerId id = ended(baseImage(), "cp /srv/tree/zeros /copy; chmod 700 /srv/tree/zeros");
        int own = imageOf(id).layers().size() + 1;
        Duplicates found = layers.duplicates(new OfContainer(id), told -> {});
        assertThat(found.groups())
                .filteredOn(group -> group.size() == ZEROS)
                .singleElement()
                .satisfies(group -> assertThat(group.copies())
                        .containsExactly(
                                new Duplicates.Copy(path("copy"), own),
                                new Duplicates.Copy(path("srv/tree/zeros"), own)));
        assertThat(found.rewritten())
                .containsExactly(new Duplicates.Rewritten(path("srv/tree/zeros"), ZEROS, own - 1, own));
    }

    private Path upper(ContainerId id) {
        return real.paths().containerUpper(id);
    }

    /// As a container would do it that goes on writing: one has gone, one is a directory, and one has
    /// grown.
    private void harm(Path directory) {
        try {
            Files.delete(directory.resolve("gone"));
            Files.delete(directory.resolve("became"));
            Files.createDirectory(directory.resolve("became"));
            Files.writeString(directory.resolve("became/below"), "x");
            Files.writeString(directory.resolve("grown"), "x".repeat(7000));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static final String THREE =
            "for f in gone became grown; do head -c 6000 /dev/zero | tr '\\0' a >/srv/$f; done";

    @Test
    void whatBecomesAnotherThingWhileItIsReadIsLeftOut() {
        ContainerId id = ended(STARTER, "mkdir /srv; " + THREE + "; cp /srv/grown /srv/kept; cp /srv/kept /srv/twin");
        AtomicBoolean begun = new AtomicBoolean();
        Duplicates found = layers.duplicates(new OfContainer(id), told -> {
            if (!begun.getAndSet(true)) {
                harm(upper(id).resolve("srv"));
            }
        });
        assertThat(begun).isTrue();
        assertThat(found.groups())
                .filteredOn(group -> group.size() == 6000)
                .singleElement()
                .satisfies(group -> assertThat(group.copies())
                        .extracting(Duplicates.Copy::path)
                        .containsExactly(path("srv/kept"), path("srv/twin")));
    }

    private TreeComparison comparison(TreeSource before, List<Layer> below, TreeSource after, List<Layer> above) {
        return TreeComparison.of(layers.tree(before), layers.tree(after), LayerComparison.of(below, above));
    }

    @Test
    void whatBecomesAnotherThingBeforeItIsComparedIsNotRead() {
        ContainerId made = ended(STARTER, "mkdir /srv; " + THREE);
        Image image = committed(made);
        ContainerId id = ended(
                image.id().toString(), "cd /srv; for f in gone became grown; do tr a b <$f >n; cat n >$f; done; rm n");
        TreeComparison files =
                comparison(TreeSource.of(image), Layer.of(image), new OfContainer(id), Layer.of(image, 0));
        harm(upper(id).resolve("srv"));
        ComparedContents found = layers.compareContents(TreeSource.of(image), new OfContainer(id), files, told -> {});
        assertThat(found.differing()).isEqualTo(NodeSet.NONE);
        assertThat(found.unread().nodes().mapToObj(files::path)).contains("srv/gone", "srv/became", "srv/grown");
        assertThat(files.withContents(found).isUncompared(files.find("srv/grown")))
                .isTrue();
    }

    /// Files become directories and directories files, and go, as fast as a shell can.
    private static final String RESTLESS = """
            mkdir /w; i=0; while :; do
            i=$((i + 1)); f=/w/$((i % 40)); d=/w/$(((i + 13) % 40)); g=/w/$(((i + 27) % 40))
            rm -rf $f; head -c $((5000 + i % 3)) /dev/zero >$f; rm -rf $d; mkdir $d; rm -rf $g; echo x >>/etc/passwd
            done
            """;

    @Test
    void aContainerThatWritesOnIsCountedSearchedAndComparedAllTheSame() throws Exception {
        ContainerId id = real.containers().create(ContainerSpec.of(STARTER).withCommand(List.of("sh", "-c", RESTLESS)));
        real.containers().start(id);
        OfContainer source = new OfContainer(id);
        while (layers.tree(source).find("w/1") == FileTree.NONE) {
            Thread.sleep(20);
        }
        Image image = imageOf(id);
        int own = image.layers().size() + 1;
        ContainerId other = ended(STARTER, "mkdir /w; for i in 1 2 3; do head -c 5000 /dev/zero >/w/$i; done");
        for (int round = 0; round < 10; round++) {
            assertThat(layers.waste(source).hidden())
                    .extracting(Hidden::path, Hidden::hiddenBy)
                    .contains(tuple(path("etc/passwd"), own));
            assertThat(layers.duplicates(source, told -> {}).groups())
                    .allSatisfy(group -> assertThat(group.count()).isGreaterThan(1));
            TreeComparison files = comparison(new OfContainer(other), Layer.of(image, 0), source, Layer.of(image, 0));
            ComparedContents found = layers.compareContents(new OfContainer(other), source, files, told -> {});
            assertThat(found.read() + found.unread().count())
                    .isEqualTo((int) files.uncompared().count());
        }
        assertThat(real.containers().container(id).state().runningPid()).isPresent();
    }

    private Image committed(ContainerId id) {
        String made = layers.commit(id, Commit.ofAll()).image().toString();
        return real.engine().images().find(made).orElseThrow();
    }

    private static Set<String> marked(TreeComparison files) {
        return new TreeSet<>(Arrays.stream(files.matching(FileFilter.ALL.withChanged(true)))
                .mapToObj(node -> files.change(node) + " " + files.path(node))
                .toList());
    }

    /// Its own layer has what it has touched, and the files that it shares with its image are not asked
    /// about.
    @Test
    void aContainerDiffersFromItsImageInWhatItHasChanged() throws Exception {
        Image image = real.engine().images().find(baseImage()).orElseThrow();
        ContainerId id = ended(
                image.id().toString(),
                "cd /srv; echo y >other; echo mine >mine; rm -r links; chmod 600 kept/sub/file; touch tree/sub/deep");
        try (InputStream kept = layers.content(new OfContainer(id), path("srv/kept/sub/file"))) {
            assertThat(kept.readAllBytes()).hasSize(4);
        }
        UserDefinedFileAttributeView attributes =
                Files.getFileAttributeView(upper(id).resolve("srv/tree/sub/deep"), UserDefinedFileAttributeView.class);
        attributes.write("note", ByteBuffer.wrap(new byte[] {1}));
        TreeComparison files =
                comparison(TreeSource.of(image), Layer.of(image), new OfContainer(id), Layer.of(image, 0));
        TreeComparison known = files.withContents(
                        layers.compareContents(TreeSource.of(image), new OfContainer(id), files, told -> {}))
                .ignoringTimes();
        assertThat(marked(known))
                .containsExactly(
                        "ADDED srv/mine",
                        "CHANGED srv/kept/sub/file",
                        "CHANGED srv/other",
                        "CHANGED srv/tree/sub/deep",
                        "REMOVED srv/links",
                        "REMOVED srv/links/a",
                        "REMOVED srv/links/b");
        assertThat(known.differences(known.find("srv/other"))).contains(FileDifference.CONTENT);
        assertThat(known.differences(known.find("srv/tree/sub/deep"))).contains(FileDifference.ATTRIBUTES);
        assertThat(known.sums().contents().compared())
                .as("what its own layer has of equal size")
                .isEqualTo(3);
        assertThat(known.sums().growth())
                .isEqualTo(known.after().total(FileTree.ROOT) - known.before().total(FileTree.ROOT));
    }

    @Test
    void containersOfOneImageDifferInWhatEachHasWritten() throws Exception {
        Image image = real.engine().images().find(STARTER).orElseThrow();
        ContainerId one = ended(STARTER, "echo same >/same; echo one >/other; mkdir /only; echo x >/attribute");
        ContainerId two = ended(STARTER, "echo same >/same; echo two >/other; echo x >/attribute");
        for (ContainerId each : List.of(one, two)) {
            Files.getFileAttributeView(upper(each).resolve("attribute"), UserDefinedFileAttributeView.class)
                    .write("note", ByteBuffer.wrap(new byte[] {(byte) (each.equals(one) ? 0xfe : 0xff)}));
        }
        TreeComparison files =
                comparison(new OfContainer(one), Layer.of(image, 0), new OfContainer(two), Layer.of(image, 0));
        assertThat(marked(files)).as("what is told without a look").contains("REMOVED only");
        assertThat(files.uncompared().mapToObj(files::path)).containsExactlyInAnyOrder("same", "other", "attribute");
        TreeComparison known = files.withContents(
                        layers.compareContents(new OfContainer(one), new OfContainer(two), files, told -> {}))
                .ignoringTimes();
        assertThat(marked(known)).containsExactly("CHANGED attribute", "CHANGED other", "REMOVED only");
        assertThat(known.differences(known.find("attribute"))).containsOnlyOnce(FileDifference.ATTRIBUTES);
    }
}
