package io.darsena.engine.image.document;

import io.darsena.bridge.error.CorruptedException;
import io.darsena.engine.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/// What a document leads to, whatever it is about: for keeping and copying what need not be understood.
public final class References {

    private static final int MOST = 10_000;
    private static final List<String> LISTS = List.of("manifests", "layers", "blobs");

    private References() {}

    /// The descriptors in a manifest or an index, each digest once, in order. A descriptor that cannot be read, as one
    /// with another digest algorithm, is left out; bytes that are no such document lead to nothing.
    public static List<Descriptor> of(byte[] document) {
        JsonObject object;
        try {
            object = JsonObject.parse(document, "document");
        } catch (CorruptedException e) {
            return List.of();
        }
        List<Descriptor> found = new ArrayList<>();
        add(found, () -> object.optionalObject("config").stream().toList());
        LISTS.forEach(name -> add(found, () -> object.objects(name)));
        return found.stream().distinct().toList();
    }

    private static void add(List<Descriptor> found, Part part) {
        try {
            part.objects().stream().limit(MOST).forEach(each -> {
                try {
                    found.add(Descriptor.read(each));
                } catch (CorruptedException e) {
                    // nothing that could be kept
                }
            });
        } catch (CorruptedException e) {
            // no list of objects
        }
    }

    @FunctionalInterface
    private interface Part {
        List<JsonObject> objects();
    }
}
