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
import io.darsena.engine.registry.http.HttpTransport;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The signatures of one repository's images, where cosign's SIGNATURE_SPEC puts them: in the layers of the manifest
/// tagged `sha256-<hex>.sig`, and in those of the digest's referrers (OCI distribution-spec 1.1, with its fallback
/// tag). What strangers can put there is bounded.
record RemoteSignatures(RemoteRepository repository) {

    static final String PAYLOAD = "application/vnd.dev.cosign.simplesigning.v1+json";
    static final String SIGNATURE = "dev.cosignproject.cosign/signature";
    static final String ARTIFACT = "application/vnd.dev.cosign.artifact.sig.v1+json";

    private static final int LARGEST_PAYLOAD = 64 << 10;
    private static final int MOST_SIGNATURES = 100;
    private static final int MOST_REFERRERS = 20;

    private RegistryClient client() {
        return repository.client();
    }

    private static String hyphenated(Digest digest) {
        return digest.toString().replace(':', '-');
    }

    private static String tag(Digest digest) {
        return hyphenated(digest) + ".sig";
    }

    /// @throws CorruptedException when there are some that are not as they should be
    List<FoundSignature> of(Digest digest) {
        List<FoundSignature> found = new ArrayList<>();
        manifest(tag(digest)).ifPresent(manifest -> collect(manifest, found));
        for (String referrer : referrers(digest)) {
            manifest(referrer).ifPresent(manifest -> collect(manifest, found));
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
        for (JsonObject layer : manifest.objects("layers")) {
            Optional<String> signature = layer.has("annotations")
                    ? Optional.ofNullable(layer.textMap("annotations").get(SIGNATURE))
                    : Optional.empty();
            if (signature.isEmpty() || !layer.text("mediaType").equals(PAYLOAD)) {
                continue;
            }
            if (found.size() == MOST_SIGNATURES) {
                throw damaged("it has more than " + MOST_SIGNATURES + " signatures");
            }
            found.add(new FoundSignature(payload(layer), signature.get()));
        }
    }

    private byte[] payload(JsonObject layer) {
        Digest digest = layer.value("digest", Digest::parse);
        if (layer.number("size") > LARGEST_PAYLOAD) {
            throw damaged("the payload of a signature is larger than " + LARGEST_PAYLOAD + " bytes");
        }
        Descriptor blob = new Descriptor(new MediaType(PAYLOAD), digest, layer.number("size"));
        try (Answer answer = repository.open(blob, 0)) {
            byte[] bytes = answer.bytes(LARGEST_PAYLOAD);
            if (!RemoteDocument.digest(bytes).equals(digest)) {
                throw damaged("the payload of a signature is not what its digest promises");
            }
            return bytes;
        } catch (IOException failure) {
            throw RegistryFailure.outOfReach(client().purpose(), client().at(""), failure);
        }
    }

    /// Digests of manifests that sign this one. A registry that knows no referrers has them under a tag.
    private List<String> referrers(Digest digest) {
        Optional<JsonObject> index = index(digest).or(() -> manifest(hyphenated(digest)));
        if (index.isEmpty() || !index.get().has("manifests")) {
            return List.of();
        }
        return index.get().objects("manifests").stream()
                .filter(each -> each.optionalText("artifactType").equals(Optional.of(ARTIFACT)))
                .limit(MOST_REFERRERS)
                .map(each -> each.value("digest", Digest::parse).toString())
                .toList();
    }

    private Optional<JsonObject> index(Digest digest) {
        Call call = Call.of("GET", client().at(repository.name() + "/referrers/" + digest))
                .with("Accept", MediaType.OCI_INDEX.name());
        return client().ask(Scope.pull(repository.name()), call, answer -> {
            try (answer) {
                return answer.status() == Answer.OK
                        ? Optional.of(JsonObject.parse(answer.bytes(RemoteDocument.LARGEST), "referrers of " + digest))
                        : Optional.empty();
            }
        });
    }

    /// Puts a signature beside those that are there.
    void add(Digest digest, FoundSignature signature) {
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
                return answer.header("Location")
                        .flatMap(text -> HttpTransport.resolved(answer.uri(), text))
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
