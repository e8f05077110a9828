package io.darsena.engine.registry;

import io.darsena.bridge.error.CorruptedException;
import io.darsena.bridge.error.EngineException;
import io.darsena.bridge.image.Digest;
import io.darsena.engine.image.document.Descriptor;
import io.darsena.engine.image.document.MediaType;
import io.darsena.engine.registry.http.Answer;
import io.darsena.engine.registry.http.Call;
import java.util.Optional;

/// One repository at one registry: what it holds (OCI distribution-spec, pull).
record RemoteRepository(RegistryClient client, String name) {

    private Call manifest(String method, String reference) {
        return Call.of(method, client.at(name + "/manifests/" + reference)).with("Accept", RemoteDocument.ACCEPTED);
    }

    /// What a tag or a digest stands for, without its bytes; empty where the registry does not tell all of it.
    ///
    /// @throws io.darsena.bridge.error.NotFoundException when there is no such thing
    Optional<Descriptor> head(String reference) {
        return client.ask(Scope.pull(name), manifest("HEAD", reference), answer -> {
            if (answer.status() == Answer.METHOD_NOT_ALLOWED || answer.status() == Answer.BAD_REQUEST) {
                answer.close();
                return Optional.empty();
            }
            try (Answer found = require(answer)) {
                Optional<Digest> digest = digest(found);
                Optional<MediaType> type = RemoteDocument.known(found.header("Content-Type"));
                return digest.isEmpty() || type.isEmpty() || found.length().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Descriptor(
                                type.get(), digest.get(), found.length().getAsLong()));
            }
        });
    }

    /// Tells whoever waits that the next place is asked instead.
    void passedOver(EngineException failure) {
        client.notices().passedOver(client.endpoint().host(), failure.reason());
    }

    private Answer require(Answer answer) {
        if (answer.status() != Answer.OK) {
            throw RegistryFailure.of(client.purpose(), answer);
        }
        return answer;
    }

    private static Optional<Digest> digest(Answer answer) {
        try {
            return answer.header("Docker-Content-Digest").map(Digest::parse);
        } catch (IllegalArgumentException other) {
            return Optional.empty();
        }
    }

    /// A manifest or an index; by digest it is verified, by tag its digest is reckoned.
    ///
    /// @throws CorruptedException when its bytes are not what the digest promises, or the registry's own word for
    ///     it
    RemoteDocument document(String reference) {
        RemoteDocument document = client.ask(Scope.pull(name), manifest("GET", reference), answer -> {
            try (Answer found = require(answer)) {
                RemoteDocument read = RemoteDocument.of(
                        client.purpose(), found.bytes(RemoteDocument.LARGEST), found.header("Content-Type"));
                digest(found).ifPresent(promised -> verify(read, promised));
                return read;
            }
        });
        if (reference.startsWith("sha256:")) {
            verify(document, Digest.parse(reference));
        }
        return document;
    }

    private void verify(RemoteDocument document, Digest promised) {
        if (!document.descriptor().digest().equals(promised)) {
            throw new CorruptedException(
                    client.purpose().operation(),
                    client.purpose().subject(),
                    "the registry gives a manifest with digest "
                            + document.descriptor().digest() + ", not " + promised,
                    "try again, or tell who runs the registry");
        }
    }

    /// Opens a blob, a manifest or an index from an offset on; the answer's status tells whether the registry
    /// kept to it. The caller closes.
    Answer open(Descriptor blob, long offset) {
        boolean document = blob.mediaType().isIndex() || blob.mediaType().isManifest();
        Call call = document
                ? manifest("GET", blob.digest().toString())
                : Call.of("GET", client.at(name + "/blobs/" + blob.digest()));
        return client.ask(
                Scope.pull(name), offset == 0 ? call : call.with("Range", "bytes=" + offset + "-"), answer -> {
                    boolean given = answer.status() == Answer.OK || answer.status() == Answer.PARTIAL;
                    if (!given) {
                        throw RegistryFailure.of(client.purpose(), answer);
                    }
                    return answer;
                });
    }
}
