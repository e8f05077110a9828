package io.darsena.engine.layer;

import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.Containers;
import io.darsena.bridge.error.FailedException;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.TransferProgress;
import io.darsena.bridge.layer.Commit;
import io.darsena.bridge.layer.Committed;
import io.darsena.bridge.layer.ComparedContents;
import io.darsena.bridge.layer.DockerfileLines;
import io.darsena.bridge.layer.Duplicates;
import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.layer.HiddenLater;
import io.darsena.bridge.layer.LayerStep;
import io.darsena.bridge.layer.Layers;
import io.darsena.bridge.layer.TreeComparison;
import io.darsena.bridge.layer.TreeSource;
import io.darsena.bridge.layer.Waste;
import io.darsena.engine.image.ImageCache;
import io.darsena.engine.image.LayeredImage;
import io.darsena.engine.image.document.ConfigDocument;
import io.darsena.engine.paths.EnginePaths;
import io.darsena.runtime.ContainerRuntime;
import io.darsena.runtime.RuntimeUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks into the images of the local cache and into what containers have written. Safe for use by several threads;
/// it keeps nothing.
public final class EngineLayers implements Layers {

    private static final Logger LOG = LoggerFactory.getLogger(EngineLayers.class);

    /// More grow as they come.
    private static final long MOST_EXPECTED = 8_000_000;

    private static final int UNNAMED_SHARE = 16;

    private final EnginePaths paths;
    private final ContainerRuntime runtime;
    private final ImageCache images;
    private final Containers containers;
    private final StandingContainers standing;

    /// @param containers finds them
    /// @param standing holds their lives still
    public EngineLayers(
            EnginePaths paths,
            ContainerRuntime runtime,
            ImageCache images,
            Containers containers,
            StandingContainers standing) {
        this.paths = paths;
        this.runtime = runtime;
        this.images = images;
        this.containers = containers;
        this.standing = standing;
    }

    @Override
    public List<LayerStep> steps(ImageId image) {
        LayeredImage layered = images.layered("show the layers of", image);
        List<Optional<DockerfileLines>> lines = images.dockerfileLines(image);
        List<LayerStep> steps = new ArrayList<>();
        int layers = 0;
        for (ConfigDocument.Step each : layered.config().steps()) {
            if (each.empty()) {
                steps.add(step(each, OptionalInt.empty(), Optional.empty(), Optional.empty()));
                continue;
            }
            steps.add(step(
                    each,
                    OptionalInt.of(layers + 1),
                    Optional.of(layered.layers().get(layers)),
                    layers < lines.size() ? lines.get(layers) : Optional.empty()));
            layers++;
        }
        return steps;
    }

    private static LayerStep step(
            ConfigDocument.Step told,
            OptionalInt number,
            Optional<LayeredImage.Layer> layer,
            Optional<DockerfileLines> lines) {
        return new LayerStep(
                number,
                layer.map(LayeredImage.Layer::diffId),
                told.createdBy(),
                told.created(),
                told.author(),
                told.comment(),
                layer.map(LayeredImage.Layer::size).orElse(0L),
                layer.map(LayeredImage.Layer::storedSize).orElse(0L),
                layer.map(LayeredImage.Layer::entries).orElse(0L),
                lines);
    }

    @Override
    public FileTree tree(TreeSource source) {
        return files(source).tree();
    }

    @Override
    public InputStream content(TreeSource source, FilePath path) {
        return files(source).content(path);
    }

    @Override
    public InputStream archive(TreeSource source, FilePath path, byte[] name) {
        return files(source).archive(path, name);
    }

    @Override
    public Committed commit(ContainerId container, Commit commit) {
        return new ContainerCommit(paths, runtime, images, containers, this::files).run(container, commit);
    }

    @Override
    public void revert(ContainerId container, List<FilePath> paths) {
        standing.hold("revert", container, (held, sandbox) -> {
            List<Path> layers =
                    contents(images.layered("revert files of", held.image()).layers());
            FileTree tree = files(held.id()).tree();
            new ContainerRevert(paths(held.id()), runtime, layers, held, sandbox).run(tree, paths);
        });
    }

    private ContainerRevert.Places paths(ContainerId container) {
        return new ContainerRevert.Places(paths.containerUpper(container), paths.trash());
    }

    /// As [#tree], with a way to read many of its files at once.
    ///
    /// @throws NotFoundException when there is no such image, layer or container
    public ReadableTree readable(TreeSource source) {
        return files(source);
    }

    private TreeFiles files(TreeSource source) {
        return switch (source) {
            case TreeSource.OfImage(ImageId image, int layer) -> files(image, layer);
            case TreeSource.OfContainer(ContainerId container) -> files(container);
        };
    }

    private TreeFiles files(ImageId image, int layer) {
        List<LayeredImage.Layer> stacked = layersOf(image, layer).subList(0, layer);
        LayerStack stack = stack(stacked, layer);
        return new TreeFiles(runtime, "image " + image.shortId(), stack.build(), contents(stacked), List.of());
    }

    /// All of the image, which has one of this number.
    private List<LayeredImage.Layer> layersOf(ImageId image, int layer) {
        List<LayeredImage.Layer> all =
                images.layered("show the files of", image).layers();
        if (layer < 1 || layer > all.size()) {
            throw new NotFoundException(
                    "show the files of",
                    "layer " + layer + " of image " + image.shortId(),
                    "the image has " + all.size() + " layers",
                    "");
        }
        return all;
    }

    @Override
    public HiddenLater hiddenLater(ImageId image, int layer) {
        List<LayeredImage.Layer> all = layersOf(image, layer);
        LayerStack stack = new LayerStack(expected(all), new LayerStack.Watcher() {});
        return stack.hiddenLater(all.stream().map(LayeredImage.Layer::index).toList(), layer);
    }

    /// @param last the number of the layer of which the tree tells what it does
    private static LayerStack stack(List<LayeredImage.Layer> layers, int last) {
        LayerStack stack = new LayerStack(expected(layers), new LayerStack.Watcher() {});
        for (int number = 1; number <= layers.size(); number++) {
            stack.add(layers.get(number - 1).index(), number, number == last);
        }
        return stack;
    }

    private static List<Path> contents(List<LayeredImage.Layer> layers) {
        return layers.stream().map(LayeredImage.Layer::content).toList();
    }

    private TreeFiles files(ContainerId id) {
        Container container = containers.container(id);
        String subject = "container " + container.name();
        List<LayeredImage.Layer> layers =
                images.layered("show the files of", container.image()).layers();
        int own = layers.size() + 1;
        LayerStack stack = stack(layers, own);
        Path upper = paths.containerUpper(id);
        Path index = paths.ingest().resolve("list-" + UUID.randomUUID());
        List<FilePath> made;
        try {
            stack.tree().leaveOut(runtime.list(upper, index, contents(layers)).skipped());
            made = stack.addOwn(index, own);
        } catch (RuntimeUnavailableException failure) {
            // One that was removed meanwhile is not there, and that is what is to be said.
            containers.container(id);
            throw new FailedException("show the files of", subject, String.valueOf(failure.getMessage()), "");
        } finally {
            forget(index);
        }
        List<Path> roots = new ArrayList<>(contents(layers));
        roots.add(upper);
        return new TreeFiles(runtime, subject, stack.build(), roots, made);
    }

    private static void forget(Path index) {
        try {
            Files.deleteIfExists(index);
        } catch (IOException leftover) {
            LOG.warn("a list of files stays behind until the next start", leftover);
        }
    }

    /// Directories that no entry names come to the entries of the layers; to grow for their sake would take half as
    /// much
    /// memory again.
    private static int expected(List<LayeredImage.Layer> layers) {
        long entries = layers.stream().mapToLong(LayeredImage.Layer::entries).sum();
        return (int) Math.min(entries + entries / UNNAMED_SHARE, MOST_EXPECTED);
    }

    @Override
    public Waste waste(ImageId image) {
        List<LayeredImage.Layer> layers =
                images.layered("show the waste of", image).layers();
        WasteCount count = new WasteCount(expected(layers));
        for (int number = 1; number <= layers.size(); number++) {
            count.add(layers.get(number - 1).index(), number);
        }
        return count.result();
    }

    @Override
    public Duplicates duplicates(ImageId image, Consumer<? super TransferProgress> progress) {
        List<LayeredImage.Layer> layers =
                images.layered("compare the files of", image).layers();
        SameSizes same = new SameSizes(expected(layers));
        for (int number = 1; number <= layers.size(); number++) {
            same.add(layers.get(number - 1).index(), number);
        }
        FileTree tree = same.choose();
        String subject = "image " + image.shortId();
        return new DuplicateSearch(runtime, subject, contents(layers), same, tree, progress).run();
    }

    /// The trees are those that the caller has: two more of them would be too much for the memory of a window.
    @Override
    public ComparedContents compareContents(
            ImageId before, ImageId after, TreeComparison files, Consumer<? super TransferProgress> progress) {
        String operation = "compare the contents of";
        List<Path> then = contents(images.layered(operation, before).layers());
        List<Path> now = contents(images.layered(operation, after).layers());
        String subject = "images " + before.shortId() + ", " + after.shortId();
        return new ContentSearch(
                        runtime,
                        subject,
                        new ContentSearch.Side(files.before(), then),
                        new ContentSearch.Side(files.after(), now),
                        files,
                        progress)
                .run();
    }
}
