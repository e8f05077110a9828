package io.darsena.engine.image;

import io.darsena.bridge.image.Digest;
import io.darsena.engine.image.LayoutBuilder.ImageDraft;
import io.darsena.engine.image.document.MediaType;
import io.darsena.engine.image.document.Platform;
import io.darsena.engine.json.JsonText;
import io.darsena.engine.registry.TestRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// An image in an index, and beside it what BuildKit states of its build: each of its layers was made by one line of
/// a Dockerfile, the lowest by the first.
///
/// @param index describes it
/// @param image describes its manifest
/// @param attestation describes the manifest of statements
/// @param statement the one of provenance
/// @param packages another statement, of which packages it has
public record AttestedImage(
        LayoutBuilder layout,
        ObjectNode index,
        ObjectNode image,
        ObjectNode attestation,
        Digest statement,
        Digest packages) {

    public static final String FILE = "COPY a /\nCOPY b /\nCOPY c /\n";

    private static final String PROVENANCE = "https://slsa.dev/provenance/v0.2";

    /// With a statement of packages, too.
    public static AttestedImage of(int layers) {
        return of(layers, true, UnaryOperator.identity());
    }

    /// @param packages whether there is a statement of packages, too
    /// @param change what is done to the statement of provenance
    public static AttestedImage of(int layers, boolean packages, UnaryOperator<byte[]> change) {
        LayoutBuilder layout = new LayoutBuilder();
        ImageDraft draft = new ImageDraft();
        List<Digest> stored = new ArrayList<>();
        for (int i = 0; i < layers; i++) {
            byte[] tar = new TarBytes().file("f" + i, "content " + i).bytes();
            draft.tars.add(tar);
            stored.add(LayoutBuilder.digest(TarBytes.gzip(tar)));
        }
        ObjectNode image =
                on(layout.manifest(draft), "linux", Platform.ofThisMachine().architecture());
        Digest about = digest(image);
        ObjectNode manifest = JsonText.object().put("schemaVersion", 2).put("mediaType", MediaType.OCI_MANIFEST.name());
        manifest.put("artifactType", "application/vnd.docker.attestation.manifest.v1+json");
        layout.describe(manifest.putObject("config"), "application/vnd.oci.empty.v1+json", text("{}"));
        ArrayNode statements = manifest.putArray("layers");
        byte[] list = text("{\"predicateType\":\"https://spdx.dev/Document\"}");
        if (packages) {
            state(layout, statements.addObject(), "https://spdx.dev/Document", list);
        }
        byte[] provenance = change.apply(JsonText.bytes(provenance(about, stored)));
        state(layout, statements.addObject(), PROVENANCE, provenance);
        ObjectNode attestation = JsonText.object();
        layout.describe(attestation, MediaType.OCI_MANIFEST.name(), JsonText.bytes(manifest));
        on(attestation, "unknown", "unknown");
        attestation
                .putObject("annotations")
                .put("vnd.docker.reference.type", "attestation-manifest")
                .put("vnd.docker.reference.digest", about.toString());
        ObjectNode index = layout.nested(image, attestation);
        return new AttestedImage(
                layout, index, image, attestation, LayoutBuilder.digest(provenance), LayoutBuilder.digest(list));
    }

    private static void state(LayoutBuilder layout, ObjectNode descriptor, String predicate, byte[] statement) {
        layout.describe(descriptor, "application/vnd.in-toto+json", statement);
        descriptor.putObject("annotations").put("in-toto.io/predicate-type", predicate);
    }

    private static ObjectNode on(ObjectNode descriptor, String os, String architecture) {
        descriptor.putObject("platform").put("os", os).put("architecture", architecture);
        return descriptor;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public static Digest digest(ObjectNode descriptor) {
        return Digest.parse(descriptor.get("digest").asString());
    }

    private static ObjectNode provenance(Digest image, List<Digest> layers) {
        ObjectNode statement = JsonText.object().put("predicateType", PROVENANCE);
        ObjectNode subject = statement.putArray("subject").addObject().put("name", "_");
        subject.putObject("digest").put("sha256", image.hex());
        ObjectNode predicate = statement.putObject("predicate");
        predicate.put("buildType", "https://mobyproject.org/buildkit@v1");
        ObjectNode own = predicate.putObject("metadata").putObject("https://mobyproject.org/buildkit@v1#metadata");
        ObjectNode source = own.putObject("source");
        source.putArray("infos")
                .addObject()
                .put("filename", "Dockerfile")
                .put("data", Base64.getEncoder().encodeToString(text(FILE)));
        ObjectNode locations = source.putObject("locations");
        ObjectNode chains = own.putObject("layers");
        for (int i = 0; i < layers.size(); i++) {
            ObjectNode range = locations
                    .putObject("step" + i)
                    .putArray("locations")
                    .addObject()
                    .putArray("ranges")
                    .addObject();
            range.putObject("start").put("line", i + 1);
            range.putObject("end").put("line", i + 1);
            ArrayNode chain = chains.putArray("step" + i + ":0").addArray();
            layers.subList(0, i + 1).forEach(layer -> chain.addObject().put("digest", layer.toString()));
        }
        return statement;
    }

    /// Its index under a name, as buildx writes an archive.
    public LayoutBuilder named(String name) {
        index.putObject("annotations").put(LayoutBuilder.REFERENCE, name);
        layout.manifests().add(index);
        return layout;
    }

    /// Puts it at a registry.
    ///
    /// @return the digest of its index
    public Digest publish(TestRegistry registry, String repository, String tag) {
        registry.publish(layout, repository, tag, MediaType.OCI_INDEX.name(), digest(index));
        for (Digest manifest : List.of(digest(image), digest(attestation))) {
            registry.manifests.put(
                    repository + "@" + manifest,
                    new TestRegistry.Document(
                            MediaType.OCI_MANIFEST.name(),
                            Objects.requireNonNull(layout.blobs().get(manifest))));
        }
        return digest(index);
    }
}
