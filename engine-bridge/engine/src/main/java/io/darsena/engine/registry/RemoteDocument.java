package io.darsena.engine.registry;

import io.darsena.bridge.error.InvalidRequestException;
import io.darsena.bridge.image.Digest;
import io.darsena.engine.image.document.Descriptor;
import io.darsena.engine.image.document.MediaType;
import io.darsena.engine.json.JsonObject;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// A manifest or an index as a registry gave it.
record RemoteDocument(Descriptor descriptor, byte[] bytes) {

    static final int LARGEST = 4 << 20;

    /// What is understood, the best first.
    static final String ACCEPTED = String.join(
            ", ",
            List.of(
                    MediaType.OCI_INDEX.name(),
                    MediaType.OCI_MANIFEST.name(),
                    "application/vnd.docker.distribution.manifest.list.v2+json",
                    "application/vnd.docker.distribution.manifest.v2+json"));

    private static final int VERSION = 2;

    /// @param told the answer's word for what it is, which counts where the document has none
    /// @throws InvalidRequestException when it is of Docker's first schema, or no image
    static RemoteDocument of(Purpose purpose, byte[] bytes, Optional<String> told) {
        return new RemoteDocument(new Descriptor(type(purpose, bytes, told), digest(bytes), bytes.length), bytes);
    }

    private static MediaType type(Purpose purpose, byte[] bytes, Optional<String> told) {
        JsonObject document = JsonObject.parse(bytes, "manifest of " + purpose.subject());
        if (document.number("schemaVersion") != VERSION) {
            throw new InvalidRequestException(
                    purpose.operation(),
                    purpose.subject(),
                    "its manifest is of Docker's schema 1, which has no digests to verify layers by",
                    "ask who made it to push it anew with a tool of this decade");
        }
        Optional<MediaType> own = document.optionalText("mediaType").map(text -> document.parsed(text, MediaType::new));
        MediaType type = own.or(() -> known(told)).orElseGet(() -> guess(document));
        if (!type.isIndex() && !type.isManifest()) {
            throw new InvalidRequestException(
                    purpose.operation(), purpose.subject(), "it is no image but " + type, "name an image");
        }
        return type;
    }

    static Optional<MediaType> known(Optional<String> told) {
        return told.map(text -> text.split(";", 2)[0].strip())
                .filter(text -> !text.isEmpty() && text.length() < 256)
                .map(MediaType::new)
                .filter(type -> type.isIndex() || type.isManifest());
    }

    private static MediaType guess(JsonObject document) {
        return document.has("manifests") ? MediaType.OCI_INDEX : MediaType.OCI_MANIFEST;
    }

    static Digest digest(byte[] bytes) {
        try {
            return new Digest(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
