package io.darsena.engine.registry;

import io.darsena.bridge.image.Digest;
import io.darsena.engine.image.LayoutBuilder;
import io.darsena.engine.image.LayoutBuilder.ImageDraft;
import io.darsena.engine.image.TarBytes;
import io.darsena.engine.image.document.MediaType;
import io.darsena.engine.image.document.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/// An image of some layers of bytes that do not compress.
public record TestImage(LayoutBuilder layout, ObjectNode descriptor, List<Digest> layers) {

    public static final String TYPE = MediaType.OCI_MANIFEST.name();

    public static TestImage of(int seed, int layers, int bytes) {
        return of(seed, layers, bytes, draft -> {});
    }

    public static TestImage of(int seed, int layers, int bytes, Consumer<ImageDraft> change) {
        LayoutBuilder layout = new LayoutBuilder();
        ImageDraft draft = new ImageDraft();
        Random random = new Random(seed);
        List<Digest> digests = new ArrayList<>();
        for (int i = 0; i < layers; i++) {
            byte[] content = new byte[bytes];
            random.nextBytes(content);
            byte[] tar = new TarBytes().file("f" + i, content).bytes();
            draft.tars.add(tar);
            digests.add(LayoutBuilder.digest(TarBytes.gzip(tar)));
        }
        change.accept(draft);
        ObjectNode descriptor = layout.manifest(draft);
        return new TestImage(layout, descriptor, digests);
    }

    /// One small layer for an architecture.
    public static ImageDraft draft(int seed, String architecture) {
        ImageDraft draft = new ImageDraft();
        draft.architecture = architecture;
        draft.tars.add(new TarBytes().file("f", "content " + seed).bytes());
        return draft;
    }

    public static String machine() {
        return Platform.ofThisMachine().architecture();
    }

    public Digest digest() {
        return Digest.parse(descriptor.get("digest").asString());
    }

    public Digest publish(TestRegistry registry, String repository, String tag) {
        return registry.publish(layout, repository, tag, TYPE, digest());
    }

    public byte[] bytes() {
        return blob(digest());
    }

    public byte[] blob(Digest digest) {
        return Objects.requireNonNull(layout.blobs().get(digest), digest::toString);
    }
}
