package io.darsena.engine.image;

import io.darsena.bridge.image.DiffId;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageId;
import io.darsena.engine.store.Row;
import io.darsena.engine.store.Session;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which images need which layers and blobs, by the rows of one moment. What has no entry nobody needs.
record Needs(Map<DiffId, Set<ImageId>> layers, Map<Digest, Set<ImageId>> blobs) {

    private static final String LAYERS = """
            SELECT image, diff_id AS part FROM image_layers
            UNION SELECT id, parents FROM images WHERE parents IS NOT NULL""";

    private static final String BLOBS = """
            SELECT id AS image, id AS part FROM images
            UNION SELECT id, manifest FROM images
            UNION SELECT image, blob FROM image_layers
            UNION SELECT o.image, b.blob FROM image_origins o JOIN index_blobs b ON b.image_index = o.image_index""";

    private record Need(ImageId image, String part) {
        static Need of(Row row) throws SQLException {
            return new Need(ImageId.parse(row.text("image")), row.text("part"));
        }
    }

    static Needs of(Session session) throws SQLException {
        Map<DiffId, Set<ImageId>> layers = new HashMap<>();
        for (Need need : session.query(LAYERS, Need::of)) {
            layers.computeIfAbsent(DiffId.parse(need.part()), unseen -> new HashSet<>())
                    .add(need.image());
        }
        Map<Digest, Set<ImageId>> blobs = new HashMap<>();
        for (Need need : session.query(BLOBS, Need::of)) {
            blobs.computeIfAbsent(Digest.parse(need.part()), unseen -> new HashSet<>())
                    .add(need.image());
        }
        return new Needs(layers, blobs);
    }

    /// Images of these with which something would go that is not in `shown`.
    Set<ImageId> exceeding(Set<ImageId> going, Set<DiffId> shownLayers, Set<Digest> shownBlobs) {
        Set<ImageId> exceeding = new HashSet<>();
        layers.forEach((layer, needing) -> {
            if (going.containsAll(needing) && !shownLayers.contains(layer)) {
                exceeding.addAll(needing);
            }
        });
        blobs.forEach((blob, needing) -> {
            if (going.containsAll(needing) && !shownBlobs.contains(blob)) {
                exceeding.addAll(needing);
            }
        });
        return exceeding;
    }

    List<DiffId> layersOf(Set<ImageId> going) {
        return layers.entrySet().stream()
                .filter(each -> going.containsAll(each.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }
}
