package io.darsena.engine.registry;

import io.darsena.bridge.error.InvalidRequestException;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageReference;
import io.darsena.engine.image.document.Descriptor;
import io.darsena.engine.registry.http.Answer;
import io.darsena.engine.registry.http.Call;
import java.util.Set;

/// Deletes a tag (OCI distribution-spec 1.1, deleting tags), or where the registry only knows to delete manifests
/// the manifest.
record RemoteDeletion(RemoteRepository repository) {

    /// What registries answer that do not delete by tag.
    private static final Set<Integer> OTHERWISE =
            Set.of(Answer.BAD_REQUEST, Answer.NOT_FOUND, Answer.METHOD_NOT_ALLOWED, 501);

    void run(ImageReference name) {
        Digest digest = name.digest().orElseGet(() -> digest(name));
        int status = name.tag().isPresent() ? delete(name.tag().get()) : Answer.METHOD_NOT_ALLOWED;
        if (OTHERWISE.contains(status)) {
            status = delete(digest.toString());
        }
        if (status == Answer.NOT_FOUND) {
            throw new NotFoundException("delete", name.familiar(), "the registry has no such thing", "");
        }
        if (OTHERWISE.contains(status)) {
            throw new InvalidRequestException(
                    "delete", name.familiar(), "the registry does not let anything be deleted", "ask who runs it");
        }
    }

    private Digest digest(ImageReference name) {
        String tag = name.tag().orElseThrow();
        return repository
                .head(tag)
                .map(Descriptor::digest)
                .orElseGet(() -> repository.document(tag).descriptor().digest());
    }

    private int delete(String reference) {
        RegistryClient client = repository.client();
        Call delete = Call.of("DELETE", client.at(repository.name() + "/manifests/" + reference));
        return client.ask(Scope.delete(repository.name()), delete, answer -> {
            if (answer.status() >= Answer.BAD_REQUEST && !OTHERWISE.contains(answer.status())) {
                throw RegistryFailure.of(client.purpose(), answer);
            }
            answer.close();
            return answer.status();
        });
    }
}
