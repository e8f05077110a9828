package io.darsena.engine.image.document;

import io.darsena.engine.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A list of manifests: of one image for several platforms, or of several images (OCI image-spec, image index;
/// Docker's manifest list).
///
/// @param manifests those that describe images; what else stood there is left out
public record ImageIndex(List<Descriptor> manifests) {

    private static final int MOST_MANIFESTS = 1_000;
    private static final int VERSION = 2;

    public ImageIndex {
        manifests = List.copyOf(manifests);
    }

    /// @param document what error messages call it
    public static ImageIndex parse(byte[] bytes, String document) {
        JsonObject object = JsonObject.parse(bytes, document);
        requireVersion(object);
        object.optionalText("mediaType")
                .map(text -> object.parsed(text, MediaType::new))
                .filter(type -> !type.isIndex())
                .ifPresent(type -> {
                    throw object.wrong("it says of itself to be " + type + " where an index is expected");
                });
        if (!object.has("manifests")) {
            throw object.wrong("'manifests' is not given");
        }
        if (object.has("layers") || object.has("config")) {
            throw object.wrong("it has both manifests and layers: what it is depends on who reads it");
        }
        List<JsonObject> entries = object.objects("manifests");
        if (entries.size() > MOST_MANIFESTS) {
            throw object.wrong("it lists " + entries.size() + " manifests; at most " + MOST_MANIFESTS + " are read");
        }
        return new ImageIndex(entries.stream()
                .map(Descriptor::read)
                .filter(Descriptor::isImage)
                .toList());
    }

    /// The schema version is 2 in all documents that are read here; Docker's first one is long gone.
    static void requireVersion(JsonObject object) {
        long version = object.number("schemaVersion");
        if (version != VERSION) {
            throw object.wrong("schemaVersion " + version + " is not supported, only " + VERSION);
        }
    }

    /// Those that may run on a machine, best first. One that does not tell its platform comes last: only its
    /// config knows.
    public static List<Descriptor> suitable(Stream<Descriptor> manifests, Platform machine) {
        return manifests
                .filter(each ->
                        each.platform().isEmpty() || suitability(each, machine).isPresent())
                .sorted(Comparator.comparing(
                                (Descriptor each) -> suitability(each, machine).orElse(0))
                        .reversed())
                .toList();
    }

    private static Optional<Integer> suitability(Descriptor manifest, Platform machine) {
        return manifest.platform().flatMap(machine::suitability);
    }
}
