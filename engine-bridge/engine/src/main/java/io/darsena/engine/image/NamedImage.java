package io.darsena.engine.image;

import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import io.darsena.engine.store.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// An image under one of its names, as registries see it.
///
/// @param known digests by which the name's repository knows the image
public record NamedImage(ImageReference name, ImageId id, Digest manifest, String platform, Set<Digest> known) {

    public NamedImage {
        known = Set.copyOf(known);
    }

    private record Known(ImageId image, ImageReference digest) {}

    static List<NamedImage> all(Session session) throws SQLException {
        Map<ImageId, List<ImageReference>> digests = new HashMap<>();
        session.query(
                        "SELECT image, reference FROM image_digests",
                        row -> new Known(ImageId.parse(row.text("image")), ImageReference.parse(row.text("reference"))))
                .forEach(known -> digests.computeIfAbsent(known.image(), unseen -> new ArrayList<>())
                        .add(known.digest()));
        return session.query(
                "SELECT n.name, i.id, i.manifest, i.platform FROM image_names n JOIN images i ON i.id = n.image",
                row -> {
                    ImageReference name = ImageReference.parse(row.text("name"));
                    ImageId id = ImageId.parse(row.text("id"));
                    return new NamedImage(
                            name,
                            id,
                            Digest.parse(row.text("manifest")),
                            row.text("platform"),
                            known(name, digests.getOrDefault(id, List.of())));
                });
    }

    private static Set<Digest> known(ImageReference name, List<ImageReference> digests) {
        Set<Digest> known = new HashSet<>();
        for (ImageReference digest : digests) {
            if (digest.registry().equals(name.registry()) && digest.repository().equals(name.repository())) {
                known.add(digest.digest().orElseThrow());
            }
        }
        return known;
    }
}
