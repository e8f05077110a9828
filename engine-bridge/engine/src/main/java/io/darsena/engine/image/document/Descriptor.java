package io.darsena.engine.image.document;

import io.darsena.bridge.image.Digest;
import io.darsena.engine.json.JsonObject;
import java.util.Map;
import java.util.Optional;

/// Says of a blob what it is and how many bytes it has (OCI image-spec, descriptor).
public record Descriptor(
        MediaType mediaType, Digest digest, long size, Optional<Platform> platform, Map<String, String> annotations) {

    /// BuildKit's attestation storage: what a manifest in an index says about another one in it.
    private static final String ATTESTATION_KEY = "vnd.docker.reference.type";

    private static final String ATTESTATION = "attestation-manifest";
    private static final String ATTESTED_KEY = "vnd.docker.reference.digest";
    private static final String STATEMENT = "application/vnd.in-toto+json";
    private static final String PREDICATE_KEY = "in-toto.io/predicate-type";

    public Descriptor {
        annotations = Map.copyOf(annotations);
        if (size < 0) {
            throw new IllegalArgumentException("size of " + digest + " is negative: " + size);
        }
    }

    public Descriptor(MediaType mediaType, Digest digest, long size) {
        this(mediaType, digest, size, Optional.empty(), Map.of());
    }

    static Descriptor read(JsonObject object) {
        MediaType mediaType = object.value("mediaType", MediaType::new);
        Digest digest = object.value("digest", Descriptor::digest);
        long size = object.number("size");
        Optional<Platform> platform = object.optionalObject("platform").map(Platform::read);
        Map<String, String> annotations = object.textMap("annotations");
        return object.parsed("", unused -> new Descriptor(mediaType, digest, size, platform, annotations));
    }

    private static Digest digest(String text) {
        if (text.startsWith("sha512:")) {
            throw new IllegalArgumentException("digest algorithm sha512 is not supported: " + text);
        }
        return Digest.parse(text);
    }

    /// Whether it describes an image of its own rather than a statement about another one.
    boolean isImage() {
        boolean ofNoPlatform = platform.map(Platform::isUnknown).orElse(false);
        return !ofNoPlatform && !annotations.containsKey(ATTESTATION_KEY);
    }

    /// Whether it describes a manifest whose layers are statements about this image.
    public boolean isAttestationOf(Digest image) {
        return mediaType.isManifest()
                && ATTESTATION.equals(annotations.get(ATTESTATION_KEY))
                && image.toString().equals(annotations.get(ATTESTED_KEY));
    }

    /// Whether it describes a statement about how an image was built.
    public boolean isProvenance() {
        return mediaType.name().equals(STATEMENT)
                && BuildProvenance.PREDICATES.contains(annotations.getOrDefault(PREDICATE_KEY, ""));
    }
}
