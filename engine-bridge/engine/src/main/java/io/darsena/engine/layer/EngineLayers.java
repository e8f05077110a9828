package io.darsena.engine.layer;

import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.Containers;
import io.darsena.bridge.error.InvalidRequestException;
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
import io.darsena.bridge.layer.TreeTar;
import io.darsena.bridge.layer.Waste;
import io.darsena.engine.image.ImageCache;
import io.darsena.engine.image.LayeredImage;
import io.darsena.engine.image.document.ConfigDocument;
import io.darsena.engine.paths.EnginePaths;
import io.darsena.runtime.ContainerRuntime;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/// Looks into the images of the local cache and into what containers have written. Safe for use by several threads;
/// it keeps nothing.
public final class EngineLayers implements Layers {

    private static final String CONTENTS = "compare the contents of";

    private final EnginePaths paths;
    private final ContainerRuntime runtime;
    private final ImageCache images;
    private final Containers containers;
    private final StandingContainers standing;
    private final LayerSources layerSources;

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
        this.layerSources = new LayerSources(paths, runtime, images, containers);
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
    public TreeTar archive(TreeSource source, FilePath path, byte[] name) {
        return files(source).archive(path, name);
    }

    @Override
    public Committed commit(ContainerId container, Commit commit) {
        return new ContainerCommit(paths, runtime, images, containers, this::files).run(container, commit);
    }

    @Override
    public void revert(ContainerId container, List<FilePath> paths) {
        standing.hold("revert", container, (held, sandbox) -> {
            TreeSource.OfContainer source = new TreeSource.OfContainer(held.id());
            List<Path> all = layerSources.place("revert files of", source).contents();
            List<Path> layers = all.subList(0, all.size() - 1);
            FileTree tree = files(source).tree();
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
        return layerSources.on("show the files of", source, this::files);
    }

    private TreeFiles files(SourceLayers stacked) {
        LayerStack stack = new LayerStack(stacked.expected(), new LayerStack.Watcher() {});
        int last = stacked.layers();
        List<FilePath> made = new ArrayList<>();
        stacked.each((index, number) -> {
            if (stacked.own() && number == last) {
                stack.tree().leaveOut(stacked.skipped());
                made.addAll(stack.addOwn(index, number));
            } else {
                stack.add(index, number, number == last);
            }
        });
        Untold untold = stacked.skipped() > 0 ? stack.untold(stacked.indexes().getLast()) : Untold.NOTHING;
        return new TreeFiles(runtime, stacked.subject(), stack.build(), stacked.contents(), made, untold);
    }

    @Override
    public HiddenLater hiddenLater(ImageId image, int layer) {
        int all = layerSources.layersOf("show the files of", image, layer).size();
        return layerSources.on(
                "show the files of",
                new TreeSource.OfImage(image, all),
                stacked -> new LayerStack(stacked.expected(), new LayerStack.Watcher() {})
                        .hiddenLater(stacked.indexes(), layer));
    }

    @Override
    public Waste waste(TreeSource source) {
        return layerSources.on("show the waste of", source, stacked -> {
            WasteCount count = new WasteCount(stacked.expected());
            stacked.each(count::add);
            return count.result();
        });
    }

    @Override
    public Duplicates duplicates(TreeSource source, Consumer<? super TransferProgress> progress) {
        return layerSources.on("compare the files of", source, stacked -> {
            SameSizes same = new SameSizes(stacked.expected());
            stacked.each(same::add);
            FileTree tree = same.choose();
            return new DuplicateSearch(runtime, stacked.subject(), stacked.contents(), same, tree, progress).run();
        });
    }

    /// The trees are those that the caller has: two more of them would be too much for the memory of a
    /// window, and those of a container would be others by now.
    @Override
    public ComparedContents compareContents(
            TreeSource before, TreeSource after, TreeComparison files, Consumer<? super TransferProgress> progress) {
        LayerSources.Place then = layerSources.place(CONTENTS, before);
        LayerSources.Place now = layerSources.place(CONTENTS, after);
        ContentSearch.Side old = side(then, files.before());
        ContentSearch.Side fresh = side(now, files.after());
        String subject = then.subject() + ", " + now.subject();
        return layerSources.orGone(
                before,
                () -> layerSources.orGone(
                        after, () -> new ContentSearch(runtime, subject, old, fresh, files, progress).run()));
    }

    private static ContentSearch.Side side(LayerSources.Place place, FileTree tree) {
        if (tree.layer() != place.contents().size()) {
            throw new InvalidRequestException(
                    CONTENTS,
                    place.subject(),
                    "its files are told as those of " + tree.layer() + " layers, and it has "
                            + place.contents().size(),
                    "read them again");
        }
        return new ContentSearch.Side(tree, place.contents());
    }
}
