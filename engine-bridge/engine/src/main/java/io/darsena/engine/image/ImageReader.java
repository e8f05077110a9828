package io.darsena.engine.image;

import io.darsena.bridge.error.CorruptedException;
import io.darsena.bridge.error.InvalidRequestException;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import io.darsena.engine.content.BlobStore;
import io.darsena.engine.image.ImageRows.ImageLayerRow;
import io.darsena.engine.image.ImageRows.ImageRow;
import io.darsena.engine.image.document.ConfigDocument;
import io.darsena.engine.image.document.Platform;
import io.darsena.engine.store.Database;
import io.darsena.engine.store.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds images and makes values of their rows and configs. Safe for use by several threads.
final class ImageReader {

    private static final Logger LOG = LoggerFactory.getLogger(ImageReader.class);
    private static final Pattern ID_PREFIX = Pattern.compile("(?:sha256:)?([0-9a-f]{4,64})");
    private static final int ID_DIGITS = 64;

    private final Database database;
    private final BlobStore blobs;

    /// A config never changes: its digest is the image's id.
    private final Map<ImageId, ConfigDocument> configs = new ConcurrentHashMap<>();

    ImageReader(Database database, BlobStore blobs) {
        this.database = database;
        this.blobs = blobs;
    }

    /// One whose config is damaged is left out: the others are not to suffer from it.
    List<Image> all() {
        return database.read(session -> {
            List<Image> images = new ArrayList<>();
            for (ImageRow row : ImageRows.all(session)) {
                try {
                    images.add(image(session, row));
                } catch (CorruptedException e) {
                    LOG.warn("image {} is left out of the list: {}", row.id().shortId(), e.getMessage());
                }
            }
            return images;
        });
    }

    Optional<Image> find(ImageId id) {
        return database.read(session -> {
            Optional<ImageRow> row = ImageRows.find(session, id);
            return row.isPresent() ? Optional.of(image(session, row.get())) : Optional.empty();
        });
    }

    /// A name wins over the beginning of an id, as people expect of `docker`.
    Optional<Image> find(String nameOrId) {
        return database.read(session ->
                byName(session, nameOrId).or(() -> byId(session, nameOrId)).flatMap(this::find));
    }

    private Optional<ImageId> byName(Session session, String text) {
        ImageReference name;
        try {
            name = ImageReference.parse(text);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return database.read(
                same -> name.digest().isEmpty() ? ImageRows.named(session, name) : byDigest(session, name));
    }

    /// `repository@digest` is what a registry knows an image by; or it names the manifest of an image, and the
    /// repository is one of the image's names.
    private static Optional<ImageId> byDigest(Session session, ImageReference name) throws SQLException {
        Optional<ImageId> known = known(session, name.withoutTag());
        if (known.isPresent()) {
            return known;
        }
        for (ImageId id : ImageRows.withManifest(session, name.digest().orElseThrow())) {
            boolean named = ImageRows.names(session, id).stream()
                    .anyMatch(each -> each.registry().equals(name.registry())
                            && each.repository().equals(name.repository()));
            if (named) {
                return Optional.of(id);
            }
        }
        return Optional.empty();
    }

    /// Of several platforms this machine's.
    ///
    /// @param digest a repository and a digest, without a tag
    static Optional<ImageId> known(Session session, ImageReference digest) throws SQLException {
        List<ImageId> known = ImageRows.knownAs(session, digest);
        for (ImageId id : known) {
            if (ImageRows.find(session, id)
                    .filter(ImageReader::isForThisMachine)
                    .isPresent()) {
                return Optional.of(id);
            }
        }
        return known.stream().findFirst();
    }

    private static boolean isForThisMachine(ImageRow row) {
        Platform machine = Platform.ofThisMachine();
        return row.platform().startsWith(machine.os() + "/" + machine.architecture());
    }

    private Optional<ImageId> byId(Session session, String text) {
        var matcher = ID_PREFIX.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String digits = matcher.group(1);
        List<ImageId> found = database.read(same -> ImageRows.withIdPrefix(session, digits));
        if (found.size() > 1) {
            throw new InvalidRequestException(
                    "find",
                    "image " + text,
                    found.size() + " images have an id that begins so",
                    "give more of its " + ID_DIGITS + " digits");
        }
        return found.stream().findFirst();
    }

    private Image image(Session session, ImageRow row) throws SQLException {
        ConfigDocument config = config(row.id());
        List<ImageLayerRow> rows = ImageRows.layers(session, row.id());
        List<Image.Layer> layers = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            ImageLayerRow layer = rows.get(i);
            layers.add(new Image.Layer(
                    layer.diffId(),
                    layer.blob(),
                    layer.contentBytes(),
                    layer.storedBytes(),
                    config.createdBy().get(i)));
        }
        return new Image(
                row.id(),
                ImageRows.names(session, row.id()),
                ImageRows.digests(session, row.id()),
                row.manifest(),
                config.created(),
                row.importedAt(),
                row.platform(),
                layers,
                config.config());
    }

    ConfigDocument config(ImageId id) {
        return configs.computeIfAbsent(
                id,
                unread -> ConfigDocument.parse(
                        blobs.read(unread.digest(), ImageDocuments.LARGEST_DOCUMENT), "config " + unread));
    }

    void forget(ImageId id) {
        configs.remove(id);
    }
}
