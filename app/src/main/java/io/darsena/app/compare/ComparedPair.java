package io.darsena.app.compare;

import io.darsena.app.screen.ComparedSides;
import io.darsena.app.screen.ComparedSides.Side;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.layer.ConfigComparison;
import io.darsena.bridge.layer.LayerComparison;
import io.darsena.bridge.layer.TreeComparison;
import io.darsena.bridge.registry.ImagePreview;
import java.util.OptionalLong;

/// What is known of two images or containers without a look at their files.
sealed interface ComparedPair {

    ComparedSides names();

    ConfigComparison config();

    LayerComparison layers();

    /// The beginning of the identity of what is one of the sides.
    String shortId(Side side);

    /// Bytes by which the layers of the new one are larger, while that is known.
    OptionalLong growth();

    static BothHere of(ComparedSides names, Subject before, Subject after) {
        return new BothHere(
                names,
                before,
                after,
                ConfigComparison.of(before.told(), after.told()),
                LayerComparison.of(before.layers(), after.layers()));
    }

    static WithUpdate of(ComparedSides names, Image here, ImagePreview update) {
        ConfigComparison config = ConfigComparison.of(here, update);
        LayerComparison layers = LayerComparison.of(here, update);
        boolean reversed = names.before() instanceof ComparedSides.AtRegistry;
        return new WithUpdate(
                names, here, update, reversed ? config.reversed() : config, reversed ? layers.reversed() : layers);
    }

    record BothHere(ComparedSides names, Subject before, Subject after, ConfigComparison config, LayerComparison layers)
            implements ComparedPair {

        /// Two names of one thing.
        boolean isOne() {
            return before.source().equals(after.source());
        }

        /// What is one of the sides.
        Subject subject(Side side) {
            return side.equals(names.before()) ? before : after;
        }

        /// With what its files tell.
        BothHere read(TreeComparison files) {
            return of(names, before.read(files.before()), after.read(files.after()));
        }

        @Override
        public String shortId(Side side) {
            return subject(side).shortId();
        }

        @Override
        public OptionalLong growth() {
            OptionalLong was = before.size();
            OptionalLong is = after.size();
            return was.isPresent() && is.isPresent()
                    ? OptionalLong.of(is.getAsLong() - was.getAsLong())
                    : OptionalLong.empty();
        }
    }

    /// One of them is at its registry still: nobody knows its files, nor how large they are unpacked.
    record WithUpdate(
            ComparedSides names, Image here, ImagePreview update, ConfigComparison config, LayerComparison layers)
            implements ComparedPair {

        /// Bytes of the blobs of a side.
        long stored(Side side) {
            return side instanceof ComparedSides.AtRegistry
                    ? update.storedSize()
                    : here.layers().stream().mapToLong(Image.Layer::storedSize).sum();
        }

        @Override
        public String shortId(Side side) {
            return (side instanceof ComparedSides.AtRegistry ? update.id() : here.id()).shortId();
        }

        @Override
        public OptionalLong growth() {
            return OptionalLong.of(stored(names.after()) - stored(names.before()));
        }
    }
}
