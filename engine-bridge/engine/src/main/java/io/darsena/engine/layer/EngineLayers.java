package io.darsena.engine.layer;

import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.layer.LayerStep;
import io.darsena.bridge.layer.Layers;
import io.darsena.bridge.layer.Waste;
import io.darsena.engine.image.ImageCache;
import io.darsena.engine.image.LayeredImage;
import io.darsena.engine.image.document.ConfigDocument;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Looks into the images of the local cache. Safe for use by several threads; it keeps nothing.
public final class EngineLayers implements Layers {

    private static final ConfigDocument.Step UNTOLD = new ConfigDocument.Step(Optional.empty(), "", "", "", false);

    /// More grow as they come.
    private static final long MOST_EXPECTED = 8_000_000;

    private final ImageCache images;

    public EngineLayers(ImageCache images) {
        this.images = images;
    }

    @Override
    public List<LayerStep> steps(ImageId image) {
        LayeredImage layered = images.layered("show the layers of", image);
        List<ConfigDocument.Step> told = layered.config().history();
        if (told.isEmpty()) {
            told = Collections.nCopies(layered.layers().size(), UNTOLD);
        }
        List<LayerStep> steps = new ArrayList<>();
        int layers = 0;
        for (ConfigDocument.Step each : told) {
            steps.add(
                    each.empty()
                            ? step(each, OptionalInt.empty(), Optional.empty())
                            : step(
                                    each,
                                    OptionalInt.of(layers + 1),
                                    Optional.of(layered.layers().get(layers++))));
        }
        return steps;
    }

    private static LayerStep step(ConfigDocument.Step told, OptionalInt number, Optional<LayeredImage.Layer> layer) {
        return new LayerStep(
                number,
                layer.map(LayeredImage.Layer::diffId),
                told.createdBy(),
                told.created(),
                told.author(),
                told.comment(),
                layer.map(LayeredImage.Layer::size).orElse(0L),
                layer.map(LayeredImage.Layer::storedSize).orElse(0L),
                layer.map(LayeredImage.Layer::entries).orElse(0L));
    }

    @Override
    public FileTree tree(ImageId image, int layer) {
        List<LayeredImage.Layer> all =
                images.layered("show the files of", image).layers();
        if (layer < 1 || layer > all.size()) {
            throw new NotFoundException(
                    "show the files of",
                    "layer " + layer + " of image " + image.shortId(),
                    "the image has " + all.size() + " layers",
                    "");
        }
        List<LayeredImage.Layer> stacked = all.subList(0, layer);
        LayerStack stack = new LayerStack(expected(stacked), new LayerStack.Watcher() {});
        for (int number = 1; number <= layer; number++) {
            stack.add(stacked.get(number - 1).index(), number, number == layer);
        }
        return stack.build();
    }

    private static int expected(List<LayeredImage.Layer> layers) {
        long entries = layers.stream().mapToLong(LayeredImage.Layer::entries).sum();
        return (int) Math.min(entries, MOST_EXPECTED);
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
}
