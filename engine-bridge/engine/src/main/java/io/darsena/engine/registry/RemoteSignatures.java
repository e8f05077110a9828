package io.darsena.engine.registry;

import io.darsena.bridge.error.CorruptedException;
import io.darsena.bridge.error.InvalidRequestException;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.image.Digest;
import io.darsena.engine.image.document.Descriptor;
import io.darsena.engine.image.document.MediaType;
import io.darsena.engine.json.JsonObject;
import io.darsena.engine.json.JsonText;
import io.darsena.engine.registry.http.Answer;
import io.darsena.engine.registry.http.Call;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The signatures of one repository's images, where cosign puts them: in the layers of the manifest tagged
/// `sha256-<hex>.sig` (SIGNATURE_SPEC), in those of the digest's referrers, and in bundles, each the one layer of a
/// referrer (BUNDLE_SPEC). Referrers are found by OCI distribution-spec 1.1, with its fallback tag. What strangers
/// can put there is bounded.
record RemoteSignatures(RemoteRepository repository) {

    static final String PAYLOAD = "application/vnd.dev.cosign.simplesigning.v1+json";
    static final String SIGNATURE = "dev.cosignproject.cosign/signature";
    static final String ARTIFACT = "application/vnd.dev.cosign.artifact.sig.v1+json";

    /// What the statement in a bundle is of, where whoever put it there tells.
    static final String PREDICATE = "dev.sigstore.bundle.predicateType";

    /// Of an artifact without a configuration. Cosign's releases before 3.1 list bundles as that where they keep the
    /// list of referrers themselves, under its tag (sigstore/cosign issue 4641).
    static final String UNTOLD = "application/vnd.oci.empty.v1+json";

    private static final int LARGEST_PAYLOAD = 64 << 10;
    private static final int LARGEST_BUNDLE = 256 << 10;
    private static final int MOST_SIGNATURES = 100;
    private static final int MOST_REFERRERS = 50;

    private RegistryClient client() {
        return repository.client();
    }

    private static String hyphenated(Digest digest) {
        return digest.toString().replace(':', '-');
    }

    private static String tag(Digest digest) {
        return hyphenated(digest) + ".sig";
    }

    /// A referrer that is not as it should be is found as that, and hides no other.
    ///
    /// @throws CorruptedException when what stands under the digest's tags, or the list of its referrers, is not
    List<FoundSignature> of(Digest digest) {
        List<FoundSignature> found = new ArrayList<>();
        manifest(tag(digest)).ifPresent(manifest -> collect(manifest, found));
        List<Referrer> referrers = referrers(digest);
        for (Referrer referrer : referrers.subList(0, Math.min(MOST_REFERRERS, referrers.size()))) {
            try {
                manifest(referrer.digest().toString()).ifPresent(manifest -> collect(manifest, found));
            } catch (CorruptedException | NotFoundException unusable) {
                found.add(new FoundSignature.Unreadable(unusable.reason()));
            }
        }
        if (referrers.size() > MOST_REFERRERS) {
            found.add(new FoundSignature.Unreadable(
                    damaged("more than " + MOST_REFERRERS + " things may be one, and no more are looked at")
                            .reason()));
        }
        return found;
    }

    private Optional<JsonObject> manifest(String reference) {
        try {
            RemoteDocument document = repository.document(reference);
            return Optional.of(JsonObject.parse(document.bytes(), "signature manifest " + reference));
        } catch (NotFoundException none) {
            return Optional.empty();
        } catch (InvalidRequestException other) {
            throw damaged("what stands under " + reference + " is no signature manifest");
        }
    }

    private CorruptedException damaged(String reason) {
        return new CorruptedException(
                client().purpose().operation(), client().purpose().subject(), reason, "tell who signs these images");
    }

    private void collect(JsonObject manifest, List<FoundSignature> found) {
        List<JsonObject> layers = manifest.objects("layers");
        for (JsonObject layer : layers) {
            String type = layer.textOrEmpty("mediaType");
            Optional<FoundSignature> signature = Optional.empty();
            if (type.equals(PAYLOAD)) {
                signature = simple(layer);
            } else if (type.startsWith(SigstoreBundle.TYPE) && layers.size() == 1) {
                signature = bundled(manifest, layer);
            }
            signature.ifPresent(each -> add(found, each));
        }
    }

    private void add(List<FoundSignature> found, FoundSignature signature) {
        if (found.size() >= MOST_SIGNATURES) {
            throw damaged("it has more than " + MOST_SIGNATURES + " signatures");
        }
        found.add(signature);
    }

    private Optional<FoundSignature> simple(JsonObject layer) {
        return Optional.ofNullable(layer.textMap("annotations").get(SIGNATURE))
                .map(signature -> new FoundSignature.Simple(
                        blob(layer, LARGEST_PAYLOAD, "the payload of a signature"), signature));
    }

    /// A bundle may be an attestation, which is as large as it likes: one that is large and does not say that it is a
    /// signature is none.
    private Optional<FoundSignature> bundled(JsonObject manifest, JsonObject layer) {
        Optional<String> predicate = predicate(manifest);
        boolean signs = predicate.equals(Optional.of(FoundSignature.Enveloped.PREDICATE));
        if (predicate.isPresent() && !signs || !signs && layer.number("size") > LARGEST_BUNDLE) {
            return Optional.empty();
        }
        return SigstoreBundle.signature(blob(layer, LARGEST_BUNDLE, "the bundle of a signature"));
    }

    private static Optional<String> predicate(JsonObject annotated) {
        return Optional.ofNullable(annotated.textMap("annotations").get(PREDICATE));
    }

    /// @param what it is, for the failure
    private byte[] blob(JsonObject layer, int largest, String what) {
        Digest digest = layer.value("digest", Digest::parse);
        if (layer.number("size") > largest) {
            throw damaged(what + " is larger than " + largest + " bytes");
        }
        Descriptor blob = new Descriptor(layer.value("mediaType", MediaType::new), digest, layer.number("size"));
        try (Answer answer = repository.open(blob, 0)) {
            byte[] bytes = answer.bytes(largest);
            if (!RemoteDocument.digest(bytes).equals(digest)) {
                throw damaged(what + " is not what its digest promises");
            }
            return bytes;
        } catch (IOException failure) {
            throw RegistryFailure.outOfReach(client().purpose(), client().at(""), failure);
        }
    }

    /// A manifest that may hold signatures.
    ///
    /// @param signs whether it says so
    private record Referrer(Digest digest, boolean signs) {}

    /// Those that say that they sign this digest first. A registry that knows no referrers has them under a tag.
    private List<Referrer> referrers(Digest digest) {
        List<Referrer> all = new Referrers(repository)
                .of(digest, RemoteSignatures::referrer)
                .or(() -> manifest(hyphenated(digest))
                        .map(index -> index.objects("manifests").stream()
                                .flatMap(each -> referrer(each).stream())
                                .toList()))
                .orElse(List.of());
        return all.stream()
                .distinct()
                .sorted(Comparator.comparing(Referrer::signs).reversed())
                .toList();
    }

    private static Optional<Referrer> referrer(JsonObject descriptor) {
        String artifact = descriptor.textOrEmpty("artifactType");
        Optional<String> predicate = predicate(descriptor);
        boolean signs = artifact.equals(ARTIFACT) || predicate.equals(Optional.of(FoundSignature.Enveloped.PREDICATE));
        boolean bundle = artifact.startsWith(SigstoreBundle.TYPE) || artifact.equals(UNTOLD) || artifact.isEmpty();
        boolean manifest = descriptor.textOrEmpty("mediaType").equals(MediaType.OCI_MANIFEST.name());
        return signs || bundle && manifest && predicate.isEmpty()
                ? Optional.of(new Referrer(descriptor.value("digest", Digest::parse), signs))
                : Optional.empty();
    }

    /// Puts a signature beside those that are there.
    void add(Digest digest, FoundSignature.Simple signature) {
        String tag = tag(digest);
        Digest payload = upload(signature.payload());
        Map<Digest, ObjectNode> layers = new LinkedHashMap<>();
        manifest(tag)
                .ifPresent(there -> there.objects("layers")
                        .forEach(layer -> layers.put(
                                layer.value("digest", Digest::parse), ((ObjectNode) layer.node()).deepCopy())));
        ObjectNode layer = JsonText.object()
                .put("mediaType", PAYLOAD)
                .put("size", signature.payload().length)
                .put("digest", payload.toString());
        layer.putObject("annotations").put(SIGNATURE, signature.signature());
        layers.put(payload, layer);
        put(tag, document(layers));
    }

    private byte[] document(Map<Digest, ObjectNode> layers) {
        ObjectNode config = JsonText.object()
                .put("architecture", "")
                .put("created", "0001-01-01T00:00:00Z")
                .put("os", "");
        config.putObject("config");
        ArrayNode history = config.putArray("history");
        ArrayNode diffIds = config.putObject("rootfs").put("type", "layers").putArray("diff_ids");
        layers.keySet().forEach(digest -> {
            history.addObject().put("created", "0001-01-01T00:00:00Z");
            diffIds.add(digest.toString());
        });
        byte[] configBytes = config.toString().getBytes(StandardCharsets.UTF_8);
        ObjectNode manifest = JsonText.object().put("schemaVersion", 2).put("mediaType", MediaType.OCI_MANIFEST.name());
        manifest.putObject("config")
                .put("mediaType", "application/vnd.oci.image.config.v1+json")
                .put("size", configBytes.length)
                .put("digest", upload(configBytes).toString());
        ArrayNode list = manifest.putArray("layers");
        layers.values().forEach(list::add);
        return manifest.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void put(String tag, byte[] manifest) {
        Call call = Call.of("PUT", client().at(repository.name() + "/manifests/" + tag))
                .with("Content-Type", MediaType.OCI_MANIFEST.name())
                .with(Call.Body.of(manifest));
        client().ask(Scope.push(repository.name()), call, answer -> done(answer));
    }

    private Digest upload(byte[] bytes) {
        Digest digest = RemoteDocument.digest(bytes);
        Call begin = Call.of("POST", client().at(repository.name() + "/blobs/uploads/"))
                .with(Call.Body.of(new byte[0]));
        URI place = client().ask(Scope.push(repository.name()), begin, answer -> {
            if (answer.status() != Answer.ACCEPTED) {
                throw RegistryFailure.of(client().purpose(), answer);
            }
            try (answer) {
                return UploadPlace.of(client().purpose(), answer)
                        .orElseThrow(() -> damaged("the registry does not say where it takes a signature"));
            }
        });
        String joint = place.getRawQuery() == null ? "?" : "&";
        Call put = Call.of("PUT", URI.create(place + joint + "digest=" + digest))
                .with("Content-Type", "application/octet-stream")
                .with(Call.Body.of(bytes));
        client().ask(Scope.push(repository.name()), put, answer -> done(answer));
        return digest;
    }

    private int done(Answer answer) {
        if (answer.status() != Answer.CREATED
                && answer.status() != Answer.ACCEPTED
                && answer.status() != Answer.OK
                && answer.status() != Answer.NO_CONTENT) {
            throw RegistryFailure.of(client().purpose(), answer);
        }
        answer.close();
        return answer.status();
    }
}
