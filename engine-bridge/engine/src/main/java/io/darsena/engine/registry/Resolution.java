package io.darsena.engine.registry;

import io.darsena.bridge.error.EngineException;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageReference;
import io.darsena.engine.image.ImageExchange;
import io.darsena.engine.image.document.Descriptor;
import java.util.List;
import java.util.Optional;

/// What a name stands for, and who knew it.
///
/// @param document where it had to be read
/// @param places that can give the rest, the one that knew the name first
record Resolution(Descriptor target, Optional<RemoteDocument> document, List<RemoteRepository> places) {

    /// Asks the places in their order; the first that knows the name counts. What bears the name here already is
    /// asked for by its head alone, which counts for no rate limit. Beside a digest a tag says nothing.
    ///
    /// @param places the registry itself is the last one
    static Resolution of(ImageReference name, List<RemoteRepository> places, ImageExchange exchange) {
        for (int i = 0; ; i++) {
            try {
                return at(name, places.get(i), exchange).from(places.subList(i, places.size()));
            } catch (EngineException failure) {
                if (i == places.size() - 1) {
                    throw failure;
                }
                places.get(i).passedOver(failure);
            }
        }
    }

    private Resolution from(List<RemoteRepository> rest) {
        return new Resolution(target, document, rest);
    }

    private static Resolution at(ImageReference name, RemoteRepository place, ImageExchange exchange) {
        Optional<Digest> digest = name.digest();
        return digest.isPresent()
                ? ofDigest(name, digest.get(), place, exchange)
                : ofTag(name, place, exchange.isKnown(name));
    }

    private static Resolution ofDigest(
            ImageReference name, Digest digest, RemoteRepository place, ImageExchange exchange) {
        Optional<byte[]> here = exchange.isKnown(name) ? exchange.document(digest) : Optional.empty();
        RemoteDocument document = here.map(
                        bytes -> RemoteDocument.of(place.client().purpose(), bytes, Optional.empty()))
                .orElseGet(() -> place.document(digest.toString()));
        return new Resolution(document.descriptor(), Optional.of(document), List.of());
    }

    private static Resolution ofTag(ImageReference name, RemoteRepository place, boolean headFirst) {
        String tag = name.tag()
                .orElseThrow(() -> new NotFoundException("find", name.familiar(), "it has neither tag nor digest", ""));
        Optional<Descriptor> head = headFirst ? place.head(tag) : Optional.empty();
        if (head.isPresent()) {
            return new Resolution(head.get(), Optional.empty(), List.of());
        }
        RemoteDocument document = place.document(tag);
        return new Resolution(document.descriptor(), Optional.of(document), List.of());
    }
}
