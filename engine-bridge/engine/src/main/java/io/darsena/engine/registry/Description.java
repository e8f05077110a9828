package io.darsena.engine.registry;

import io.darsena.bridge.error.CorruptedException;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.RemoteImage;
import io.darsena.engine.image.ImageExchange;
import io.darsena.engine.image.document.ConfigDocument;
import io.darsena.engine.image.document.Descriptor;
import io.darsena.engine.image.document.ImageIndex;
import io.darsena.engine.image.document.Manifest;
import io.darsena.engine.image.document.Platform;
import io.darsena.engine.registry.http.Answer;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Tells what a name stands for: of documents that are here already nothing is fetched, of others the index, this
/// machine's manifest, and the configuration where nothing else knows the platform.
record Description(ImageExchange exchange, RemoteRepository repository) {

    RemoteImage of(ImageReference name) {
        String reference =
                name.digest().map(Object::toString).orElseGet(() -> name.tag().orElseThrow());
        Optional<Descriptor> head = repository.head(reference);
        Optional<RemoteDocument> read =
                head.isPresent() ? Optional.empty() : Optional.of(repository.document(reference));
        Descriptor target = head.orElseGet(() -> read.orElseThrow().descriptor());
        byte[] document = read.map(RemoteDocument::bytes).orElseGet(() -> document(target));
        List<String> platforms;
        OptionalLong missing;
        if (target.mediaType().isIndex()) {
            ImageIndex index = ImageIndex.parse(document, "index " + target.digest());
            platforms = index.manifests().stream()
                    .flatMap(each -> each.platform().stream())
                    .map(Platform::toString)
                    .toList();
            missing = ImageIndex.suitable(index.manifests().stream(), Platform.ofThisMachine()).stream()
                    .findFirst()
                    .map(best -> missing(best, document(best)))
                    .orElse(OptionalLong.empty());
        } else {
            Optional<Platform> own = platform(document, target);
            platforms = own.stream().map(Platform::toString).toList();
            missing = own.filter(each ->
                                    Platform.ofThisMachine().suitability(each).isEmpty())
                            .isPresent()
                    ? OptionalLong.empty()
                    : missing(target, document);
        }
        return new RemoteImage(
                name,
                target.digest(),
                target.mediaType().name(),
                target.size(),
                platforms,
                missing,
                repository.client().endpoint().rate());
    }

    private byte[] document(Descriptor descriptor) {
        return exchange.document(descriptor.digest())
                .orElseGet(() ->
                        repository.document(descriptor.digest().toString()).bytes());
    }

    private OptionalLong missing(Descriptor manifest, byte[] bytes) {
        Manifest document = Manifest.parse(bytes, "manifest " + manifest.digest());
        long missing = exchange.holds(manifest) ? 0 : manifest.size();
        Set<Descriptor> parts = new HashSet<>(document.layers());
        parts.add(document.config());
        for (Descriptor part : parts) {
            missing += exchange.holds(part) ? 0 : part.size();
        }
        return OptionalLong.of(missing);
    }

    private Optional<Platform> platform(byte[] bytes, Descriptor target) {
        Descriptor config = Manifest.parse(bytes, "manifest " + target.digest()).config();
        byte[] document = exchange.document(config.digest()).orElseGet(() -> fetched(config));
        return Optional.of(
                ConfigDocument.parse(document, "config " + config.digest()).platform());
    }

    private byte[] fetched(Descriptor config) {
        try (Answer answer = repository.open(config, 0)) {
            byte[] bytes = answer.bytes(RemoteDocument.LARGEST);
            if (!RemoteDocument.digest(bytes).equals(config.digest())) {
                throw new CorruptedException(
                        "describe",
                        repository.client().purpose().subject(),
                        "its config is not what its digest promises",
                        "tell who runs the registry");
            }
            return bytes;
        } catch (IOException broken) {
            throw RegistryFailure.outOfReach(
                    repository.client().purpose(), repository.client().at(""), broken);
        }
    }
}
