package io.darsena.engine.registry;

import io.darsena.bridge.error.CorruptedException;
import io.darsena.engine.json.JsonObject;
import io.darsena.engine.registry.FoundSignature.Enveloped;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A Sigstore bundle (sigstore/protobuf-specs, `sigstore_bundle.proto`), in which cosign 3 keeps a signature: an
/// envelope (DSSE) around an in-toto statement. What else a bundle brings, a hint at the key, a certificate, entries
/// of a transparency log, is not read: nobody vouches for the hint, and every trusted key is tried.
final class SigstoreBundle {

    /// All versions' media types begin so.
    static final String TYPE = "application/vnd.dev.sigstore.bundle";

    private static final String NAME = "bundle of a signature";
    private static final Set<String> VERSIONS = Set.of(
            TYPE + "+json;version=0.1", TYPE + "+json;version=0.2", TYPE + "+json;version=0.3", TYPE + ".v0.3+json");

    private SigstoreBundle() {}

    /// @return empty when the statement in it is no signature
    /// @throws CorruptedException when there is none in it that could be one
    static Optional<FoundSignature> signature(byte[] bytes) {
        JsonObject bundle = JsonObject.parse(bytes, NAME);
        if (!VERSIONS.contains(bundle.text("mediaType"))) {
            throw damaged("it is of a version that is not known");
        }
        JsonObject envelope = bundle.optionalObject("dsseEnvelope").orElseThrow(SigstoreBundle::stateless);
        String type = envelope.text("payloadType");
        if (!type.equals(Enveloped.STATEMENT)) {
            throw stateless();
        }
        byte[] payload = base64(envelope, "payload");
        JsonObject statement = JsonObject.parse(payload, "statement in a bundle");
        if (!statement.text("predicateType").equals(Enveloped.PREDICATE)) {
            return Optional.empty();
        }
        List<JsonObject> signatures = envelope.objects("signatures");
        if (signatures.size() != 1) {
            throw damaged("it bears " + signatures.size() + " signatures where one belongs");
        }
        return Optional.of(new Enveloped(type, payload, base64(signatures.getFirst(), "sig")));
    }

    private static CorruptedException stateless() {
        return damaged("it holds no statement about an image");
    }

    private static CorruptedException damaged(String reason) {
        return new CorruptedException("read", NAME, reason, "");
    }

    /// Of either alphabet (DSSE, envelope).
    private static byte[] base64(JsonObject object, String member) {
        try {
            return Base64.getDecoder()
                    .decode(object.text(member).replace('-', '+').replace('_', '/'));
        } catch (IllegalArgumentException malformed) {
            throw damaged("its '" + member + "' is not base64");
        }
    }
}
