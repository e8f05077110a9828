package io.darsena.engine.image;

import io.darsena.bridge.image.ImageId;
import io.darsena.engine.store.Session;
import java.sql.SQLException;
import java.util.Optional;

/// Whether an image is whole: an image whose row is there but whose layers somebody has deleted is brought anew.
record WholeImages(LayerStore layers) {

    boolean has(Session session, ImageId id) throws SQLException {
        Optional<ImageRows.ImageRow> row = ImageRows.find(session, id);
        return row.isPresent()
                && row.get().parents().map(layers::isInPlace).orElse(true)
                && ImageRows.layers(session, id).stream().allMatch(layer -> layers.isInPlace(layer.diffId()));
    }
}
