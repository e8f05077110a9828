package io.darsena.engine.sync;

import io.darsena.bridge.error.DeniedException;
import io.darsena.bridge.error.EngineException;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.registry.PullRequest;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.engine.image.NamedImage;
import io.darsena.engine.image.TagHistory;
import io.darsena.engine.image.document.Platform;
import io.darsena.engine.registry.EngineRegistries;
import io.darsena.engine.registry.RemoteTag;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/// Compares one name, or pulls it, and remembers what came of it.
record TagCheck(TagRows rows, TagHistory history, EngineRegistries registries, Clock clock) {

    /// @return why the registry could not be asked
    Optional<EngineException> compare(NamedImage image) {
        Optional<TagRow> before =
                rows.find(image.name()).filter(row -> row.image().equals(image.id()));
        try {
            RemoteTag tag =
                    registries.compare(image.name(), platform(image), digest -> isEnough(image, before, digest));
            Instant now = clock.instant();
            rows.change(fresh(image), row -> ofSame(row, image).answered(tag, now));
            history.glimpsed(image.name(), tag.digest());
            return Optional.empty();
        } catch (NotFoundException gone) {
            Instant now = clock.instant();
            before.ifPresent(known -> rows.change(known, row -> row.gone(now)));
            return Optional.empty();
        } catch (DeniedException refusal) {
            before.ifPresent(known -> failed(known, Standings.REFUSED));
            return Optional.of(refusal);
        } catch (EngineException failure) {
            before.ifPresent(known -> failed(known, failure));
            return Optional.of(failure);
        }
    }

    private static boolean isEnough(NamedImage image, Optional<TagRow> before, Digest digest) {
        return image.known().contains(digest)
                || before.filter(row -> row.remote().equals(Optional.of(digest))
                                && row.contents().isPresent())
                        .isPresent();
    }

    private static TagRow fresh(NamedImage image) {
        return TagRow.of(image.name(), image.id());
    }

    private static TagRow ofSame(TagRow row, NamedImage image) {
        return row.image().equals(image.id()) ? row : fresh(image).withAutoPull(row.autoPull());
    }

    /// Brings what the name stands for now; the platform stays.
    Optional<EngineException> pull(NamedImage image) {
        Optional<String> platform = isForThisMachine(image) ? Optional.empty() : Optional.of(image.platform());
        try {
            registries.pull(new PullRequest(image.name(), platform, Optional.empty()), progress -> {});
            return Optional.empty();
        } catch (EngineException failure) {
            failed(fresh(image), failure);
            return Optional.of(failure);
        }
    }

    /// Counts as a failure of this name.
    void failed(TagRow known, EngineException failure) {
        failed(known, failure.reason());
    }

    private void failed(TagRow known, String reason) {
        RegistryHost registry = RegistryHost.of(known.name());
        Instant now = clock.instant();
        rows.change(known, row -> row.failed(row.tries().failed(reason, now, registries.busy(registry))));
    }

    private static Platform platform(NamedImage image) {
        return isForThisMachine(image) ? Platform.ofThisMachine() : Platform.parse(image.platform());
    }

    private static boolean isForThisMachine(NamedImage image) {
        return Platform.ofThisMachine()
                .suitability(Platform.parse(image.platform()))
                .isPresent();
    }
}
