package io.darsena.engine.registry;

import io.darsena.bridge.error.DeniedException;
import io.darsena.engine.registry.http.Answer;
import io.darsena.engine.registry.http.HttpTransport;
import io.darsena.engine.registry.http.Places;
import java.net.URI;
import java.util.Optional;

/// Where a registry takes an upload (OCI distribution-spec, `Location`). What began by TLS goes on by it.
final class UploadPlace {

    private UploadPlace() {}

    /// A registry behind what does TLS for it may know itself by plain HTTP alone: it is meant all the same.
    ///
    /// @return empty where the answer says nothing usable
    /// @throws DeniedException when it leads out of TLS to another host
    static Optional<URI> of(Purpose purpose, Answer answer) {
        Optional<URI> place = answer.header("Location").flatMap(text -> HttpTransport.resolved(answer.uri(), text));
        return place.map(uri -> Places.isEncrypted(answer.uri()) && !Places.isEncrypted(uri)
                ? encrypted(purpose, answer.uri(), uri)
                : uri);
    }

    private static URI encrypted(Purpose purpose, URI home, URI place) {
        if (!home.getHost().equalsIgnoreCase(place.getHost())) {
            throw new DeniedException(
                    purpose.operation(),
                    purpose.subject(),
                    "the registry sends the upload from TLS to plain HTTP at " + Places.shown(place),
                    "tell who runs the registry");
        }
        return Places.encrypted(place, home);
    }
}
