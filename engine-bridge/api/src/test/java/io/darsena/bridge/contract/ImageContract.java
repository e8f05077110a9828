package io.darsena.bridge.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.error.ConflictException;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.image.DiffId;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.layer.Commit;
import io.darsena.bridge.layer.ComparedContents;
import io.darsena.bridge.layer.Duplicates;
import io.darsena.bridge.layer.FileChange;
import io.darsena.bridge.layer.FileDifference;
import io.darsena.bridge.layer.FileFilter;
import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.layer.HiddenLater;
import io.darsena.bridge.layer.LayerComparison;
import io.darsena.bridge.layer.LayerStep;
import io.darsena.bridge.layer.Layers;
import io.darsena.bridge.layer.NodeSet;
import io.darsena.bridge.layer.TreeComparison;
import io.darsena.bridge.layer.TreeSource;
import io.darsena.bridge.layer.TreeSource.OfImage;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Images, who uses them, and what they are made of.
interface ImageContract extends ContractSubject {
    @Test
    default void anImageInUseIsNotRemovedAndTheMessageNamesWho() {
        containers().create(spec("true").withName("user-of-it"));
        var image = engine().images().find(image()).orElseThrow();
        assertThatThrownBy(() -> engine().images().remove(image.id()))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("user-of-it");
    }

    @Test
    default void theStepsOfAnImageAreThoseOfItsLayers() {
        Image image = engine().images().find(image()).orElseThrow();
        List<LayerStep> steps = engine().layers().steps(image.id());
        assertThat(steps)
                .filteredOn(step -> !step.isEmpty())
                .extracting(LayerStep::diffId)
                .isEqualTo(image.layers().stream()
                        .map(Image.Layer::diffId)
                        .map(Optional::<DiffId>of)
                        .toList());
        assertThat(steps.stream().mapToLong(LayerStep::size).sum()).isEqualTo(image.size());
    }

    @Test
    default void theFilesOfAnImageAreThoseOfItsLayers() {
        Image image = engine().images().find(image()).orElseThrow();
        FileTree tree = engine().layers().tree(image.id(), image.layers().size());
        assertThat(tree.total(FileTree.ROOT)).isBetween(0L, image.size());
        assertThat(Arrays.stream(tree.matching(FileFilter.ALL)).mapToObj(tree::change))
                .doesNotContain(FileChange.REMOVED);
        assertThat(engine().layers().waste(TreeSource.of(image)).efficiency()).isBetween(0.0, 1.0);
    }

    @Test
    default void whatALaterLayerOverwritesIsHiddenByIt() throws Exception {
        Image before = committed("hello");
        ImageId made = engine().layers()
                .commit(writer(before.id().toString(), "jello"), Commit.ofAll())
                .image();
        Image image = engine().images().find(made.toString()).orElseThrow();
        int layers = image.layers().size();
        Layers all = engine().layers();
        int file = all.tree(image.id(), layers - 1).find("made/file");
        assertThat(all.hiddenLater(image.id(), layers - 1).by(file)).hasValue(layers);
        assertThat(all.hiddenLater(image.id(), layers)).isEqualTo(HiddenLater.NOTHING);
    }

    @Test
    default void filesOfTheSameContentAreSeen() {
        Image image = engine().images().find(image()).orElseThrow();
        FileTree tree = engine().layers().tree(image.id(), image.layers().size());
        Duplicates found = engine().layers()
                .duplicates(
                        TreeSource.of(image),
                        told -> assertThat(told.done())
                                .isBetween(0L, told.total().orElseThrow()));
        assertThat(found.unread()).isZero();
        assertThat(found.bytes())
                .isEqualTo(found.groups().stream()
                        .mapToLong(Duplicates.Group::wasted)
                        .sum());
        for (Duplicates.Group group : found.groups()) {
            assertThat(group.count()).isGreaterThan(1);
            assertThat(group.copies()).allSatisfy(copy -> {
                int node = tree.find(copy.path());
                assertThat(tree.size(node)).isEqualTo(group.size());
                assertThat(tree.layerOf(node)).isEqualTo(copy.layer());
            });
        }
    }

    @Test
    default void anImageDoesNotDifferFromItself() {
        Image image = engine().images().find(image()).orElseThrow();
        int layers = image.layers().size();
        FileTree tree = engine().layers().tree(image.id(), layers);
        FileTree again = engine().layers().tree(image.id(), layers);
        TreeComparison comparison = TreeComparison.of(tree, again, layers);
        assertThat(comparison.sums().isNothing()).isTrue();
        assertThat(comparison.sums().contents().uncompared()).isZero();
        assertThat(comparison.sums().same()).isEqualTo(tree.files(FileTree.ROOT));
        assertThat(LayerComparison.of(image, image).toFetch()).isZero();
    }

    @Test
    default void filesOfEqualSizeFromDifferentLayersAreComparedByWhatTheyHold() throws Exception {
        Image old = committed("hello");
        Image other = committed("jello");
        TreeComparison files = comparison(old, other);
        int file = files.find("made/file");
        assertThat(files.uncompared()).as("all else is of the same layers").containsExactly(file);
        assertThat(files.sums().contents().bytes()).isEqualTo(2 * 6);
        ComparedContents found = contents(old, other, files);
        assertThat(found)
                .isEqualTo(new ComparedContents(NodeSet.of(IntStream.of(file)), NodeSet.NONE, NodeSet.NONE, 1));
        TreeComparison known = files.withContents(found);
        assertThat(known.change(file)).isEqualTo(FileChange.CHANGED);
        assertThat(known.differences(file)).contains(FileDifference.CONTENT);

        Image again = committed("hello");
        TreeComparison same = comparison(old, again);
        int count = (int) same.uncompared().count();
        assertThat(contents(old, again, same))
                .isEqualTo(new ComparedContents(NodeSet.NONE, NodeSet.NONE, NodeSet.NONE, count));
    }

    private Image committed(String letters) throws Exception {
        ImageId made = engine().layers().commit(writer(letters), Commit.ofAll()).image();
        return engine().images().find(made.toString()).orElseThrow();
    }

    private TreeComparison comparison(Image before, Image after) {
        Layers layers = engine().layers();
        return TreeComparison.of(
                layers.tree(before.id(), before.layers().size()),
                layers.tree(after.id(), after.layers().size()),
                LayerComparison.of(before, after));
    }

    private ComparedContents contents(Image before, Image after, TreeComparison files) {
        return engine().layers()
                .compareContents(
                        TreeSource.of(before),
                        TreeSource.of(after),
                        files,
                        told -> assertThat(told.done())
                                .isBetween(0L, told.total().orElseThrow()));
    }

    @Test
    default void layersThatAreNotThereAreNotFound() {
        Layers layers = engine().layers();
        ImageId image = engine().images().find(image()).orElseThrow().id();
        ImageId none = new ImageId(new Digest("0".repeat(64)));
        OfImage lowest = new OfImage(image, 1);
        OfImage nowhere = new OfImage(none, 1);
        assertThatThrownBy(() -> layers.tree(image, 0)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> layers.tree(image, 128)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> layers.steps(none)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> layers.tree(none, 1)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> layers.hiddenLater(none, 1)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> layers.hiddenLater(image, 128)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> layers.waste(nowhere)).isInstanceOf(NotFoundException.class);
        TreeComparison files = TreeComparison.of(layers.tree(image, 1), layers.tree(image, 1), 1);
        assertThatThrownBy(() -> layers.compareContents(nowhere, lowest, files, told -> {}))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> layers.compareContents(lowest, nowhere, files, told -> {}))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> layers.duplicates(nowhere, told -> {})).isInstanceOf(NotFoundException.class);
        OfImage tooHigh = new OfImage(image, 128);
        assertThatThrownBy(() -> layers.waste(tooHigh)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> layers.duplicates(tooHigh, told -> {})).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> layers.compareContents(lowest, tooHigh, files, told -> {}))
                .isInstanceOf(NotFoundException.class);
    }
}
