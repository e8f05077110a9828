package io.darsena.engine.layer;

import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.Containers;
import io.darsena.bridge.error.FailedException;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.layer.TreeSource;
import io.darsena.engine.image.ImageCache;
import io.darsena.engine.image.LayeredImage;
import io.darsena.engine.paths.EnginePaths;
import io.darsena.runtime.ContainerRuntime;
import io.darsena.runtime.RuntimeUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds the layers of images and containers. What a container has written is listed anew for each question, and the
/// list is gone with the answer. Safe for use by several threads.
final class LayerSources {

    private static final Logger LOG = LoggerFactory.getLogger(LayerSources.class);

    private final EnginePaths paths;
    private final ContainerRuntime runtime;
    private final ImageCache images;
    private final Containers containers;

    LayerSources(EnginePaths paths, ContainerRuntime runtime, ImageCache images, Containers containers) {
        this.paths = paths;
        this.runtime = runtime;
        this.images = images;
        this.containers = containers;
    }

    /// Where the files of a source lie, and what error messages call it.
    record Place(String subject, List<Path> contents) {

        Place {
            contents = List.copyOf(contents);
        }
    }

    /// Asks something about the layers of a source.
    ///
    /// @param operation for error messages
    /// @throws NotFoundException when there is no such image, layer or container, or the container has gone
    /// meanwhile
    <T> T on(String operation, TreeSource source, Function<SourceLayers, T> question) {
        return switch (source) {
            case TreeSource.OfImage(ImageId image, int layer) ->
                question.apply(stacked(
                        "image " + image.shortId(),
                        layersOf(operation, image, layer).subList(0, layer)));
            case TreeSource.OfContainer(ContainerId container) ->
                orGone(source, () -> listed(operation, containers.container(container), question));
        };
    }

    /// As [#on], without a look at what is there.
    Place place(String operation, TreeSource source) {
        return switch (source) {
            case TreeSource.OfImage(ImageId image, int layer) ->
                new Place(
                        "image " + image.shortId(),
                        contents(layersOf(operation, image, layer).subList(0, layer)));
            case TreeSource.OfContainer(ContainerId id) -> {
                Container container = containers.container(id);
                List<Path> contents = new ArrayList<>(
                        contents(images.layered(operation, container.image()).layers()));
                contents.add(paths.containerUpper(id));
                yield new Place("container " + container.name(), contents);
            }
        };
    }

    /// One that was removed meanwhile is not there, and that is what is to be said of a failure.
    <T> T orGone(TreeSource source, Supplier<T> work) {
        try {
            return work.get();
        } catch (FailedException failure) {
            if (source instanceof TreeSource.OfContainer(ContainerId id)) {
                containers.container(id);
            }
            throw failure;
        }
    }

    /// All layers of the image, which has one of this number; or has none, and is asked for none.
    List<LayeredImage.Layer> layersOf(String operation, ImageId image, int layer) {
        List<LayeredImage.Layer> all = images.layered(operation, image).layers();
        if (layer < Math.min(1, all.size()) || layer > all.size()) {
            throw new NotFoundException(
                    operation,
                    "layer " + layer + " of image " + image.shortId(),
                    "the image has " + all.size() + " layers",
                    "");
        }
        return all;
    }

    private static List<Path> contents(List<LayeredImage.Layer> layers) {
        return layers.stream().map(LayeredImage.Layer::content).toList();
    }

    private static SourceLayers stacked(String subject, List<LayeredImage.Layer> layers) {
        return new SourceLayers(
                subject,
                layers.stream().map(LayeredImage.Layer::index).toList(),
                contents(layers),
                entries(layers),
                false,
                0);
    }

    private static long entries(List<LayeredImage.Layer> layers) {
        return layers.stream().mapToLong(LayeredImage.Layer::entries).sum();
    }

    private <T> T listed(String operation, Container container, Function<SourceLayers, T> question) {
        String subject = "container " + container.name();
        List<LayeredImage.Layer> layers =
                images.layered(operation, container.image()).layers();
        Path upper = paths.containerUpper(container.id());
        Path index = paths.ingest().resolve("list-" + UUID.randomUUID());
        List<Path> indexes =
                new ArrayList<>(layers.stream().map(LayeredImage.Layer::index).toList());
        indexes.add(index);
        List<Path> contents = new ArrayList<>(contents(layers));
        contents.add(upper);
        try {
            ContainerRuntime.TreeListing listing = runtime.list(upper, index, contents(layers));
            return question.apply(new SourceLayers(
                    subject, indexes, contents, entries(layers) + listing.entries(), true, listing.skipped()));
        } catch (RuntimeUnavailableException failure) {
            throw new FailedException(operation, subject, String.valueOf(failure.getMessage()), "");
        } finally {
            forget(index);
        }
    }

    private static void forget(Path index) {
        try {
            Files.deleteIfExists(index);
        } catch (IOException leftover) {
            LOG.warn("a list of files stays behind until the next start", leftover);
        }
    }
}
