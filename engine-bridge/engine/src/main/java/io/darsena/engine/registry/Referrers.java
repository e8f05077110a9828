package io.darsena.engine.registry;

import io.darsena.bridge.image.Digest;
import io.darsena.engine.image.document.MediaType;
import io.darsena.engine.json.JsonObject;
import io.darsena.engine.registry.http.Answer;
import io.darsena.engine.registry.http.Call;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What a registry lists as referring to a digest (OCI distribution-spec 1.1, listing referrers). The list comes in
/// pages; so many are read and no more.
record Referrers(RemoteRepository repository) {

    private static final int MOST_PAGES = 10;

    /// @param reading takes a descriptor for something, or passes it over
    /// @return empty when the registry knows of no such list
    <T> Optional<List<T>> of(Digest digest, Function<JsonObject, Optional<T>> reading) {
        List<T> all = new ArrayList<>();
        Optional<URI> next = Optional.of(repository.client().at(repository.name() + "/referrers/" + digest));
        for (int pages = 0; next.isPresent() && pages < MOST_PAGES; pages++) {
            Optional<Page> page = page(next.get(), digest, pages == 0);
            if (page.isEmpty()) {
                return Optional.empty();
            }
            page.get()
                    .index()
                    .objects("manifests")
                    .forEach(each -> reading.apply(each).ifPresent(all::add));
            next = page.get().next();
        }
        return Optional.of(all);
    }

    private record Page(JsonObject index, Optional<URI> next) {}

    private Optional<Page> page(URI uri, Digest digest, boolean first) {
        Call call = Call.of("GET", uri).with("Accept", MediaType.OCI_INDEX.name());
        return repository.client().ask(Scope.pull(repository.name()), call, answer -> {
            try (answer) {
                if (answer.status() != Answer.OK) {
                    if (first) {
                        return Optional.empty();
                    }
                    throw RegistryFailure.of(repository.client().purpose(), answer);
                }
                JsonObject index = JsonObject.parse(answer.bytes(RemoteDocument.LARGEST), "referrers of " + digest);
                return Optional.of(new Page(index, NextPage.of(answer.uri(), answer.all("Link"))));
            }
        });
    }
}
