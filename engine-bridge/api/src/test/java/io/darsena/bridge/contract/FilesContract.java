package io.darsena.bridge.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.error.InvalidRequestException;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageConfig;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.layer.Commit;
import io.darsena.bridge.layer.ComparedContents;
import io.darsena.bridge.layer.Duplicates;
import io.darsena.bridge.layer.FileChange;
import io.darsena.bridge.layer.FileDifference;
import io.darsena.bridge.layer.FileKind;
import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.layer.LayerComparison;
import io.darsena.bridge.layer.LayerComparison.Layer;
import io.darsena.bridge.layer.Layers;
import io.darsena.bridge.layer.NodeSet;
import io.darsena.bridge.layer.TreeComparison;
import io.darsena.bridge.layer.TreeSource;
import io.darsena.bridge.layer.TreeSource.OfContainer;
import io.darsena.bridge.layer.TreeSource.OfImage;
import io.darsena.bridge.layer.TreeTar;
import io.darsena.bridge.layer.Waste;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a container has written: looking at it, reading it, and making an image of it.
interface FilesContract extends ContractSubject {

    private Layers layers() {
        return engine().layers();
    }

    private static FilePath path(String text) {
        return FilePath.of(text);
    }

    private Image imageOf(ContainerId id) {
        ImageId image = containers().container(id).image();
        return engine().images().find(image.toString()).orElseThrow();
    }

    @Test
    default void whatAContainerHasWrittenIsTheUppermostLayerOfItsTree() throws Exception {
        ContainerId id = writer();
        FileTree tree = layers().tree(new OfContainer(id));
        assertThat(tree.layer()).isEqualTo(imageOf(id).layers().size() + 1);
        int file = tree.find(path("made/file"));
        assertThat(tree.kind(file)).isEqualTo(FileKind.FILE);
        assertThat(tree.size(file)).isEqualTo(6);
        assertThat(tree.change(file)).isEqualTo(FileChange.ADDED);
        assertThat(tree.layerOf(file)).isEqualTo(tree.layer());
        int link = tree.find(path("made/link"));
        assertThat(tree.kind(link)).isEqualTo(FileKind.SYMBOLIC_LINK);
        assertThat(tree.link(link)).isEqualTo("file");
        assertThat(tree.kind(tree.find(path("made/below")))).isEqualTo(FileKind.DIRECTORY);
    }

    @Test
    default void aFileIsReadWholeOrLeftEarly() throws Exception {
        OfContainer source = new OfContainer(writer());
        try (InputStream bytes = layers().content(source, path("made/file"))) {
            assertThat(bytes.readAllBytes()).hasSize(6);
        }
        try (InputStream bytes = layers().content(source, path("made/file"))) {
            assertThat(bytes.read()).isNotNegative();
        }
    }

    @Test
    default void whatIsNoFileIsNotRead() throws Exception {
        OfContainer source = new OfContainer(writer());
        for (String other : List.of("made", "made/below", "made/link")) {
            assertThatThrownBy(() -> layers().content(source, path(other)))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining(other)
                    .hasMessageContaining("no regular file");
        }
        FilePath bytes = FilePath.of(new byte[] {'m', (byte) 0xff, '+', '%', ' ', '&'});
        for (FilePath missing : List.of(path("made/no"), path("made/file/below"), bytes)) {
            assertThatThrownBy(() -> layers().content(source, missing)).isInstanceOf(NotFoundException.class);
            assertThatThrownBy(() -> layers().archive(source, missing)).isInstanceOf(NotFoundException.class);
        }
    }

    @Test
    default void anArchiveOfADirectoryHoldsAllThatIsInIt() throws Exception {
        OfContainer source = new OfContainer(writer());
        try (TreeTar tar = layers().archive(source, path("made"))) {
            assertThatThrownBy(tar::leftOut).isInstanceOf(IllegalStateException.class);
            assertThat(names(tar.readAllBytes())).containsExactly("made", "made/below", "made/file", "made/link");
            assertThat(tar.leftOut()).isZero();
        }
        try (InputStream tar = layers().archive(source, path("made/below"))) {
            assertThat(names(tar.readAllBytes())).containsExactly("below");
        }
        try (InputStream tar = layers().archive(source, FilePath.ROOT)) {
            assertThat(names(tar.readAllBytes())).contains("made", "made/file").doesNotContain("");
        }
    }

    @Test
    default void anArchiveBeginsWithTheNameThatIsGiven() throws Exception {
        OfContainer source = new OfContainer(writer());
        for (String name : List.of("other", "a/b", ".", "w %+&é")) {
            try (InputStream tar = layers().archive(source, path("made"), utf8(name))) {
                assertThat(names(tar.readAllBytes()))
                        .containsExactly(name, name + "/below", name + "/file", name + "/link");
            }
        }
        try (InputStream tar = layers().archive(source, FilePath.ROOT, utf8("/"))) {
            assertThat(names(tar.readAllBytes())).startsWith("").contains("/made", "/made/file");
        }
        for (String name : List.of("", "a\0b")) {
            assertThatThrownBy(() -> layers().archive(source, path("made"), utf8(name)))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("/made");
        }
    }

    private static byte[] utf8(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    /// What a tar's headers say (POSIX, ustar), without slashes at the end.
    private static List<String> names(byte[] tar) throws IOException {
        List<String> names = new ArrayList<>();
        for (int at = 0; at < tar.length && tar[at] != 0; ) {
            String name = new String(tar, at, 100, StandardCharsets.UTF_8).replaceFirst("\0.*", "");
            if (tar[at + 156] != 'x') {
                names.add(name.replaceFirst("/$", ""));
            }
            String size = new String(tar, at + 124, 11, StandardCharsets.US_ASCII);
            at += 512 + (Integer.parseInt(size, 8) + 511) / 512 * 512;
        }
        return names;
    }

    @Test
    default void aCommitIsTheImageWithOneLayerMore() throws Exception {
        ContainerId id = writer();
        Image base = imageOf(id);
        ImageConfig config = new ImageConfig(
                List.of(),
                List.of("sh", "-c", "true"),
                List.of("MADE=yes"),
                "/made",
                "",
                "SIGTERM",
                List.of("80/tcp"),
                List.of(),
                Map.of("by", "contract"));
        ImageReference name = ImageReference.parse("contract/made:1");
        ImageId made = layers().commit(
                        id,
                        new Commit(Optional.of(name), "what it has made", "Ada", Optional.of(config), List.of(), true))
                .image();
        Image image = engine().images().find("contract/made:1").orElseThrow();
        assertThat(image.id()).isEqualTo(made).isNotEqualTo(base.id());
        assertThat(image.config()).isEqualTo(config);
        assertThat(image.layers()).hasSize(base.layers().size() + 1);
        assertThat(layers().steps(made).getLast().comment()).isEqualTo("what it has made");
        assertThat(layers().steps(made).getLast().author()).isEqualTo("Ada");
        FileTree tree = layers().tree(made, image.layers().size());
        assertThat(tree.size(tree.find(path("made/file")))).isEqualTo(6);
        try (InputStream bytes = layers().content(new OfImage(made, tree.layer()), path("made/file"))) {
            assertThat(bytes.readAllBytes()).hasSize(6);
        }
    }

    @Test
    default void aCommitOfChosenPathsHoldsNothingElse() throws Exception {
        ContainerId id = writer();
        ImageId made = layers().commit(
                        id, new Commit(Optional.empty(), "", "", Optional.empty(), List.of(path("made/file")), false))
                .image();
        Image image = engine().images().find(made.toString()).orElseThrow();
        assertThat(image.names()).isEmpty();
        assertThat(image.config().command()).isEqualTo(imageOf(id).config().command());
        FileTree tree = layers().tree(made, image.layers().size());
        assertThat(tree.find(path("made/file"))).isNotEqualTo(FileTree.NONE);
        assertThat(tree.find(path("made/link"))).isEqualTo(FileTree.NONE);
        assertThat(tree.find(path("made/below"))).isEqualTo(FileTree.NONE);
    }

    @Test
    default void whatHasNotChangedIsNotCommitted() throws Exception {
        ContainerId id = writer();
        for (String unchanged : List.of("made/none", "no/such")) {
            Commit commit = new Commit(Optional.empty(), "", "", Optional.empty(), List.of(path(unchanged)), false);
            assertThatThrownBy(() -> layers().commit(id, commit))
                    .isInstanceOf(NotFoundException.class)
                    .hasMessageContaining("/" + unchanged)
                    .hasMessageContaining("nothing has changed there");
        }
    }

    /// On an image that has the file already.
    private ContainerId rewriter(String letters) throws Exception {
        return writer(layers().commit(writer("hello"), Commit.ofAll()).image().toString(), letters);
    }

    @Test
    default void whatAContainerOverwritesOfItsImageIsHiddenByItsOwnLayer() throws Exception {
        ContainerId id = rewriter("jello");
        Image image = imageOf(id);
        int own = image.layers().size() + 1;
        Waste ofImage = layers().waste(TreeSource.of(image));
        Waste waste = layers().waste(new OfContainer(id));
        assertThat(waste.hidden()).contains(new Waste.Hidden(path("made/file"), 6, own - 1, own, false));
        assertThat(waste.bytes()).isEqualTo(ofImage.bytes() + 6);
        assertThat(waste.caches()).isEqualTo(ofImage.caches());
        assertThat(waste.brought())
                .isEqualTo(layers().tree(new OfContainer(id)).brought(FileTree.ROOT))
                .isGreaterThanOrEqualTo(6);
    }

    @Test
    default void filesOfTheSameContentAreSeenInAContainer() throws Exception {
        ContainerId id = writer();
        FileTree tree = layers().tree(new OfContainer(id));
        Duplicates ofImage = layers().duplicates(TreeSource.of(imageOf(id)), told -> {});
        Duplicates found = layers().duplicates(new OfContainer(id), told -> {});
        assertThat(found.bytes()).isEqualTo(ofImage.bytes());
        assertThat(found.groups())
                .allSatisfy(group -> assertThat(group.copies())
                        .allSatisfy(copy -> assertThat(tree.find(copy.path())).isNotEqualTo(FileTree.NONE)));
    }

    private TreeComparison comparedWithItsImage(ContainerId id, Image image) {
        return TreeComparison.of(
                layers().tree(TreeSource.of(image)),
                layers().tree(new OfContainer(id)),
                LayerComparison.of(Layer.of(image), Layer.of(image, 6)));
    }

    @Test
    default void aContainerIsComparedWithItsImageAndWithAnother() throws Exception {
        ContainerId id = rewriter("jello");
        Image image = imageOf(id);
        TreeComparison files = comparedWithItsImage(id, image);
        int file = files.find(path("made/file"));
        assertThat(files.uncompared()).contains(file);
        ComparedContents found = layers().compareContents(TreeSource.of(image), new OfContainer(id), files, told -> {});
        assertThat(found.differing().has(file)).isTrue();
        assertThat(found.unread()).isEqualTo(NodeSet.NONE);
        assertThat(files.withContents(found).differences(file)).contains(FileDifference.CONTENT);

        ContainerId other = writer(image.id().toString(), "jello");
        TreeComparison both = TreeComparison.of(
                layers().tree(new OfContainer(id)),
                layers().tree(new OfContainer(other)),
                LayerComparison.of(Layer.of(image, 6), Layer.of(image, 6)));
        assertThat(both.uncompared()).as("no layer says so").contains(both.find(path("made/file")));
        assertThat(layers().compareContents(new OfContainer(id), new OfContainer(other), both, told -> {})
                        .differing())
                .isEqualTo(NodeSet.NONE);
        assertThatThrownBy(
                        () -> layers().compareContents(new OfContainer(id), new OfContainer(other), files, told -> {}))
                .as("of one layer fewer")
                .isInstanceOf(InvalidRequestException.class);
    }

    /// What was told of it then is what counts, whatever it has become.
    @Test
    default void whatAContainerHasMadeAnotherThingMeanwhileIsNotCompared() throws Exception {
        ContainerId id = rewriter("jello");
        Image image = imageOf(id);
        TreeComparison files = comparedWithItsImage(id, image);
        int file = files.find(path("made/file"));
        layers().revert(id, List.of(path("made/file")));
        ComparedContents found = layers().compareContents(TreeSource.of(image), new OfContainer(id), files, told -> {});
        assertThat(found.differing().has(file)).isFalse();
        assertThat(found.unread().has(file)).isTrue();
        assertThat(files.withContents(found).isUncompared(file)).isTrue();
    }

    @Test
    default void whatIsRevertedIsAsTheImageHasItAndAllElseStays() throws Exception {
        ContainerId id = writer();
        layers().revert(id, List.of(path("made/file"), path("made/below")));
        FileTree tree = layers().tree(new OfContainer(id));
        assertThat(tree.find(path("made/file"))).isEqualTo(FileTree.NONE);
        assertThat(tree.find(path("made/below"))).isEqualTo(FileTree.NONE);
        assertThat(tree.find(path("made/link"))).isNotEqualTo(FileTree.NONE);
        layers().revert(id, List.of(FilePath.ROOT));
        FileTree whole = layers().tree(new OfContainer(id));
        assertThat(whole.find(path("made"))).isEqualTo(FileTree.NONE);
        assertThat(whole.touched(FileTree.ROOT)).isZero();
    }

    @Test
    default void whatHasNotChangedIsNotReverted() throws Exception {
        ContainerId id = writer();
        FilePath bytes = FilePath.of(new byte[] {'m', (byte) 0xff, '+', '%', ' ', '&'});
        for (FilePath unchanged : List.of(path("no/such"), bytes)) {
            assertThatThrownBy(() -> layers().revert(id, List.of(path("made"), unchanged)))
                    .isInstanceOf(NotFoundException.class)
                    .hasMessageContaining("nothing has changed there");
        }
        assertThatThrownBy(() -> layers().revert(id, List.of(path("etc/hosts"))))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("/etc/hosts");
        assertThat(layers().tree(new OfContainer(id)).find(path("made/file"))).isNotEqualTo(FileTree.NONE);
    }

    @Test
    default void aContainerThatIsNotThereHasNoFiles() {
        ContainerId none = ContainerId.parse("0".repeat(64));
        assertThatThrownBy(() -> layers().tree(new OfContainer(none))).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> layers().content(new OfContainer(none), path("etc")))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> layers().archive(new OfContainer(none), path("etc")))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> layers().commit(none, Commit.ofAll())).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> layers().revert(none, List.of(path("etc")))).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> layers().waste(new OfContainer(none))).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> layers().duplicates(new OfContainer(none), told -> {}))
                .isInstanceOf(NotFoundException.class);
        Image image = engine().images().find(image()).orElseThrow();
        FileTree tree = layers().tree(TreeSource.of(image));
        TreeComparison files = TreeComparison.of(tree, tree, tree.layer());
        assertThatThrownBy(
                        () -> layers().compareContents(new OfContainer(none), TreeSource.of(image), files, told -> {}))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(
                        () -> layers().compareContents(TreeSource.of(image), new OfContainer(none), files, told -> {}))
                .isInstanceOf(NotFoundException.class);
    }
}
