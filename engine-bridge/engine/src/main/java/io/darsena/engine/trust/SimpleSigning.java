package io.darsena.engine.trust;

import io.darsena.bridge.error.CorruptedException;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageReference;
import io.darsena.engine.json.JsonObject;
import io.darsena.engine.json.JsonText;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.ObjectNode;

/// What a signature says: this digest is an image of this repository (cosign's SIGNATURE_SPEC, "simple signing").
///
/// @param repository with its registry, as `docker.io/library/nginx`
record SimpleSigning(String repository, Digest digest) {

    private static final String TYPE = "cosign container image signature";

    static String repository(ImageReference name) {
        return name.registry() + "/" + name.repository();
    }

    byte[] payload() {
        ObjectNode document = JsonText.object();
        ObjectNode critical = document.putObject("critical");
        critical.putObject("identity").put("docker-reference", repository);
        critical.putObject("image").put("docker-manifest-digest", digest.toString());
        critical.put("type", TYPE);
        document.putNull("optional");
        return document.toString().getBytes(StandardCharsets.UTF_8);
    }

    /// @throws CorruptedException when it is no such document
    static SimpleSigning parse(byte[] payload) {
        JsonObject critical =
                JsonObject.parse(payload, "payload of a signature").object("critical");
        if (!critical.text("type").equals(TYPE) && !critical.text("type").equals("atomic container signature")) {
            throw critical.wrong("it is of type " + critical.text("type"));
        }
        String reference = critical.object("identity").text("docker-reference");
        return new SimpleSigning(
                critical.parsed(reference, SimpleSigning::normal),
                critical.object("image").value("docker-manifest-digest", Digest::parse));
    }

    /// Tools write Docker Hub under several names, and some a tag behind the repository.
    private static String normal(String reference) {
        return repository(ImageReference.parse(reference));
    }
}
