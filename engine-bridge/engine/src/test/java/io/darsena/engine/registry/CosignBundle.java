package io.darsena.engine.registry;

import io.darsena.bridge.image.Digest;
import io.darsena.engine.image.LayoutBuilder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// A signature as cosign 3 leaves it at a registry: a bundle, and a manifest around it that refers to the image. All of
/// it is text, so that a test can spoil any part.
///
/// @param predicate what the manifest tells of the statement in the bundle
public record CosignBundle(Digest subject, byte[] json, Optional<String> predicate) {

    public static final String TYPE = "application/vnd.dev.sigstore.bundle.v0.3+json";
    public static final String STATEMENT = "application/vnd.in-toto+json";
    public static final String SIGN = "https://sigstore.dev/cosign/sign/v1";
    public static final String PROVENANCE = "https://slsa.dev/provenance/v1";

    static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    static final String INDEX = "application/vnd.oci.image.index.v1+json";
    static final String EMPTY = "application/vnd.oci.empty.v1+json";
    static final byte[] NOTHING = bytes("{}");

    /// Who keeps the list of what refers to an image, and how well.
    public enum Listing {
        /// The registry.
        API,
        /// Whoever signs, under the fallback tag.
        TAG,
        /// Cosign's first releases with bundles, which wrote neither their type nor annotations there.
        TERSE_TAG
    }

    /// One that says what it is.
    public static CosignBundle signing(Digest subject, byte[] json) {
        return new CosignBundle(subject, json, Optional.of(SIGN));
    }

    /// The same around another bundle.
    CosignBundle with(byte[] other) {
        return new CosignBundle(subject, other, predicate);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public static byte[] statement(String predicate, Digest... subjects) {
        List<String> all = new ArrayList<>();
        for (Digest each : subjects) {
            all.add("{\"digest\":{\"sha256\":\"" + each.hex() + "\"}}");
        }
        return bytes("{\"_type\":\"https://in-toto.io/Statement/v1\", \"subject\":[" + String.join(",", all)
                + "], \"predicateType\":\"" + predicate + "\", \"predicate\":{}}");
    }

    /// What is signed: DSSE's encoding of a payload and its type.
    public static byte[] encoded(String type, byte[] payload) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(bytes("DSSEv1 " + type.length() + " " + type + " " + payload.length + " "));
        bytes.writeBytes(payload);
        return bytes.toByteArray();
    }

    /// @param signatures in base64
    public static byte[] bundle(byte[] statement, String... signatures) {
        return bytes("{\"mediaType\":\"" + TYPE + "\", \"verificationMaterial\":{\"publicKey\":{\"hint\":"
                + "\"aGludCBhdCBhIGtleQ==\"}, \"tlogEntries\":[{\"logIndex\":\"7\", \"logId\":{\"keyId\":\"AAAA\"}, "
                + "\"kindVersion\":{\"kind\":\"dsse\", \"version\":\"0.0.1\"}}]}, \"dsseEnvelope\":{\"payload\":\""
                + Base64.getEncoder().encodeToString(statement) + "\", \"payloadType\":\"" + STATEMENT
                + "\", \"signatures\":["
                + String.join(
                        ",",
                        List.of(signatures).stream()
                                .map(each -> "{\"sig\":\"" + each + "\"}")
                                .toList())
                + "]}}");
    }

    private String annotations() {
        return predicate
                .map(each -> ",\"annotations\":{\"dev.sigstore.bundle.content\":\"dsse-envelope\","
                        + "\"dev.sigstore.bundle.predicateType\":\"" + each
                        + "\",\"org.opencontainers.image.created\":\"2026-01-02T03:04:05Z\"}")
                .orElse("");
    }

    private static String descriptor(String mediaType, byte[] blob, String more) {
        return "{\"mediaType\":\"" + mediaType + "\",\"digest\":\"" + LayoutBuilder.digest(blob) + "\",\"size\":"
                + blob.length + more + "}";
    }

    public byte[] manifest() {
        return bytes("{\"schemaVersion\":2,\"mediaType\":\"" + MANIFEST + "\",\"config\":"
                + descriptor(EMPTY, NOTHING, ",\"artifactType\":\"" + TYPE + "\"") + ",\"layers\":["
                + descriptor(TYPE, json, "") + "],\"subject\":{\"mediaType\":\"" + MANIFEST + "\",\"digest\":\""
                + subject + "\",\"size\":7}" + annotations() + ",\"artifactType\":\"" + TYPE + "\"}");
    }

    public String descriptor(Listing listing) {
        return listing == Listing.TERSE_TAG
                ? descriptor(MANIFEST, manifest(), ",\"artifactType\":\"" + EMPTY + "\"")
                : descriptor(MANIFEST, manifest(), ",\"artifactType\":\"" + TYPE + "\"" + annotations());
    }

    static byte[] index(String... descriptors) {
        return bytes("{\"schemaVersion\":2,\"mediaType\":\"" + INDEX + "\",\"manifests\":["
                + String.join(",", descriptors) + "]}");
    }

    public static String tag(Digest subject) {
        return "sha256-" + subject.hex();
    }

    /// Puts bundles of one image into a repository, in place of those that are there.
    public static void publish(TestRegistry registry, String repository, Listing listing, CosignBundle... bundles) {
        List<String> descriptors = new ArrayList<>();
        for (CosignBundle each : bundles) {
            registry.blob(each.json);
            registry.manifests.put(
                    repository + "@" + LayoutBuilder.digest(each.manifest()),
                    new TestRegistry.Document(MANIFEST, each.manifest()));
            descriptors.add(each.descriptor(listing));
        }
        list(registry, repository, listing, bundles[0].subject, descriptors);
    }

    static void list(
            TestRegistry registry, String repository, Listing listing, Digest subject, List<String> descriptors) {
        TestRegistry.Document index = new TestRegistry.Document(INDEX, index(descriptors.toArray(String[]::new)));
        if (listing == Listing.API) {
            registry.referrers.put(repository + "@" + subject, index);
        } else {
            registry.manifests.put(repository + "@" + tag(subject), index);
        }
    }
}
