package io.darsena.engine.trust;

import io.darsena.bridge.error.CorruptedException;
import io.darsena.bridge.image.Digest;
import io.darsena.engine.json.JsonObject;
import io.darsena.engine.registry.FoundSignature.Enveloped;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// What a signature in a bundle says (in-toto's Statement v1 with cosign's predicate): these digests are signed. It
/// does not say what they are called, nor where they belong.
///
/// @param subjects digests by SHA-256, as they are written
record ImageStatement(List<String> subjects) {

    private static final String TYPE = "https://in-toto.io/Statement/v1";

    /// The bytes that an envelope's signature is of: its payload's type and payload, each with its length before it
    /// (DSSE, pre-authentication encoding).
    static byte[] signed(Enveloped envelope) {
        byte[] type = envelope.payloadType().getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(("DSSEv1 " + type.length + " ").getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(type);
        bytes.writeBytes((" " + envelope.payload().length + " ").getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(envelope.payload());
        return bytes.toByteArray();
    }

    /// @throws CorruptedException when it is no such statement
    static ImageStatement parse(Enveloped envelope) {
        JsonObject statement = JsonObject.parse(envelope.payload(), "statement in a bundle");
        if (!envelope.payloadType().equals(Enveloped.STATEMENT)
                || !statement.text("_type").equals(TYPE)
                || !statement.text("predicateType").equals(Enveloped.PREDICATE)) {
            throw statement.wrong("it is of another type");
        }
        List<String> subjects = statement.objects("subject").stream()
                .flatMap(
                        subject -> Optional.ofNullable(subject.textMap("digest").get("sha256")).stream())
                .map(hex -> "sha256:" + hex)
                .toList();
        if (subjects.isEmpty()) {
            throw statement.wrong("it names no image");
        }
        return new ImageStatement(subjects);
    }

    boolean isAbout(Digest digest) {
        return subjects.contains(digest.toString());
    }
}
