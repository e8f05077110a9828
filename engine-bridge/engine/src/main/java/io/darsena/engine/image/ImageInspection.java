package io.darsena.engine.image;

import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageReference;
import io.darsena.engine.content.BlobStore;
import io.darsena.engine.json.JsonObject;
import io.darsena.engine.json.JsonText;
import io.darsena.engine.paths.EnginePaths;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// All there is to know of an image as one JSON document: what this cache knows of it, then its manifest and its config
/// as they were received.
final class ImageInspection {

    private final EnginePaths paths;
    private final BlobStore blobs;

    ImageInspection(EnginePaths paths, BlobStore blobs) {
        this.paths = paths;
        this.blobs = blobs;
    }

    String of(Image image, List<String> users) {
        ObjectNode tree = JsonText.object();
        tree.put("id", image.id().toString());
        ArrayNode names = tree.putArray("names");
        image.names().stream().map(ImageReference::familiar).forEach(names::add);
        tree.put("platform", image.platform());
        image.createdAt().ifPresent(at -> tree.put("created", at.toString()));
        tree.put("imported", image.importedAt().toString());
        tree.put("size", image.size());
        tree.put(
                "storedSize",
                image.layers().stream().mapToLong(Image.Layer::storedSize).sum());
        users.forEach(tree.putArray("usedBy")::add);
        ArrayNode layers = tree.putArray("layers");
        image.layers().forEach(layer -> describe(layers.addObject(), layer));
        tree.put("manifestDigest", image.manifest().toString());
        tree.set("manifest", document(image.manifest(), "manifest"));
        tree.set("config", document(image.id().digest(), "config"));
        return JsonText.indented(tree);
    }

    private JsonNode document(Digest digest, String kind) {
        return JsonObject.parse(blobs.read(digest, ImageDocuments.LARGEST_DOCUMENT), kind + " " + digest)
                .node();
    }

    private void describe(ObjectNode tree, Image.Layer layer) {
        tree.put("diffId", layer.diffId().toString());
        tree.put("blob", layer.blob().toString());
        tree.put("size", layer.size());
        tree.put("storedSize", layer.storedSize());
        tree.put("directory", paths.layerContent(layer.diffId()).toString());
        tree.put("createdBy", layer.createdBy());
    }
}
