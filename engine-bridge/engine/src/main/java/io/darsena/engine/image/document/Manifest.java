package io.darsena.engine.image.document;

import io.darsena.engine.json.JsonObject;
import java.util.List;

/// Names the config and the layers of one image (OCI image-spec, image manifest; Docker's image manifest v2).
///
/// @param layers lowest first
public record Manifest(Descriptor config, List<Descriptor> layers) {

    /// The kernel stacks at most 500 (OVL_MAX_STACK); a container's own layer and one for parents come on top.
    private static final int MOST_LAYERS = 498;

    public Manifest {
        layers = List.copyOf(layers);
    }

    /// @param document what error messages call it
    public static Manifest parse(byte[] bytes, String document) {
        JsonObject object = JsonObject.parse(bytes, document);
        ImageIndex.requireVersion(object);
        object.optionalText("mediaType")
                .map(text -> object.parsed(text, MediaType::new))
                .filter(type -> !type.isManifest())
                .ifPresent(type -> {
                    throw object.wrong("it says of itself to be " + type + " where a manifest is expected");
                });
        if (object.has("manifests")) {
            throw object.wrong("it has both manifests and layers: what it is depends on who reads it");
        }
        Descriptor config = Descriptor.read(object.object("config"));
        if (!config.mediaType().isConfig()) {
            throw object.wrong("its config is " + config.mediaType() + ", not that of an image");
        }
        List<Descriptor> layers =
                object.objects("layers").stream().map(Descriptor::read).toList();
        for (Descriptor layer : layers) {
            if (!layer.mediaType().isLayer()) {
                throw object.wrong("layer " + layer.digest() + " is " + layer.mediaType() + ", which is not known");
            }
        }
        if (layers.isEmpty() || layers.size() > MOST_LAYERS) {
            throw object.wrong("it has " + layers.size() + " layers; from 1 to " + MOST_LAYERS + " can be stacked");
        }
        return new Manifest(config, layers);
    }
}
