package io.darsena.app.compare;

import io.darsena.app.screen.ComparedImages;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.layer.ConfigComparison;
import io.darsena.bridge.layer.LayerComparison;

/// What is known of two images without a look at their files.
record ComparedPair(ComparedImages names, Image before, Image after, ConfigComparison config, LayerComparison layers) {

    static ComparedPair of(ComparedImages names, Image before, Image after) {
        return new ComparedPair(
                names, before, after, ConfigComparison.of(before, after), LayerComparison.of(before, after));
    }

    /// Two names of one image.
    boolean isOneImage() {
        return before.id().equals(after.id());
    }

    /// Bytes by which the layers of the new image are larger.
    long growth() {
        return after.size() - before.size();
    }
}
