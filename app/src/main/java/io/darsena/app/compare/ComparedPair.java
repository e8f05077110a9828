package io.darsena.app.compare;

import io.darsena.app.screen.ComparedImages;
import io.darsena.app.screen.ComparedImages.Side;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.layer.ConfigComparison;
import io.darsena.bridge.layer.LayerComparison;
import io.darsena.bridge.registry.ImagePreview;

/// What is known of two images without a look at their files.
sealed interface ComparedPair {

    ComparedImages names();

    ConfigComparison config();

    LayerComparison layers();

    /// The image's that is one of the sides.
    ImageId id(Side side);

    /// Bytes by which the layers of the new image are larger.
    long growth();

    static BothHere of(ComparedImages names, Image before, Image after) {
        return new BothHere(
                names, before, after, ConfigComparison.of(before, after), LayerComparison.of(before, after));
    }

    static WithUpdate of(ComparedImages names, Image here, ImagePreview update) {
        ConfigComparison config = ConfigComparison.of(here, update);
        LayerComparison layers = LayerComparison.of(here, update);
        boolean reversed = names.before() instanceof ComparedImages.AtRegistry;
        return new WithUpdate(
                names, here, update, reversed ? config.reversed() : config, reversed ? layers.reversed() : layers);
    }

    record BothHere(ComparedImages names, Image before, Image after, ConfigComparison config, LayerComparison layers)
            implements ComparedPair {

        /// Two names of one image.
        boolean isOneImage() {
            return before.id().equals(after.id());
        }

        /// The image that is one of the sides.
        Image image(Side side) {
            return side.equals(names.before()) ? before : after;
        }

        @Override
        public ImageId id(Side side) {
            return image(side).id();
        }

        @Override
        public long growth() {
            return after.size() - before.size();
        }
    }

    /// One of them is at its registry still: nobody knows its files, nor how large they are unpacked.
    record WithUpdate(
            ComparedImages names, Image here, ImagePreview update, ConfigComparison config, LayerComparison layers)
            implements ComparedPair {

        /// Bytes of the blobs of a side.
        long stored(Side side) {
            return side instanceof ComparedImages.AtRegistry
                    ? update.storedSize()
                    : here.layers().stream().mapToLong(Image.Layer::storedSize).sum();
        }

        @Override
        public ImageId id(Side side) {
            return side instanceof ComparedImages.AtRegistry ? update.id() : here.id();
        }

        @Override
        public long growth() {
            return stored(names.after()) - stored(names.before());
        }
    }
}
