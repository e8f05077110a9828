package io.darsena.engine.sync;

import io.darsena.bridge.image.Digest;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.bridge.sync.Standing;
import io.darsena.bridge.sync.SyncSettings;
import io.darsena.engine.image.ImageExchange;
import io.darsena.engine.image.NamedImage;
import io.darsena.engine.image.TagHistory;
import io.darsena.engine.registry.RemoteContents;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/// Makes a standing of what is remembered of a name and of what is here now.
///
/// @param settings how old an answer may be before a refusal after it counts
record Standings(ImageExchange images, TagHistory history, Supplier<SyncSettings> settings, Clock clock) {

    /// A registry does not tell these apart to those without a login.
    static final String REFUSED = "it was deleted there, or wants a login";

    Standing of(NamedImage image, Optional<TagRow> remembered) {
        if (remembered.filter(row -> row.image().equals(image.id())).isEmpty()) {
            return new Standing.LocalOnly();
        }
        TagRow row = remembered.get();
        if (row.checkedAt().isEmpty()) {
            return row.tries().trouble().<Standing>map(Standing.Unknown::new).orElseGet(Standing.NeverChecked::new);
        }
        if (row.gone()) {
            return new Standing.Gone();
        }
        if (isRefused(row)) {
            return new Standing.Unknown(REFUSED);
        }
        if (isHere(image, row)) {
            return new Standing.UpToDate();
        }
        if (row.contents().filter(each -> each.manifest().isEmpty()).isPresent()) {
            return new Standing.Unknown("what it stands for now has nothing for " + image.platform());
        }
        Digest there = row.remote().orElseThrow();
        return history.isBehind(image.name(), there)
                ? new Standing.MovedBack(there)
                : new Standing.UpdateAvailable(there, missing(row));
    }

    /// It was not let in the last time, and what it was told before is older than it should be.
    private boolean isRefused(TagRow row) {
        Duration every = settings.get().every(RegistryHost.of(row.name())).orElse(Duration.ZERO);
        return row.tries().trouble().filter(REFUSED::equals).isPresent()
                && row.checkedAt()
                        .filter(at -> at.plus(every).isBefore(clock.instant()))
                        .isPresent();
    }

    /// An index may be new and lead to the same image.
    static boolean isHere(NamedImage image, TagRow row) {
        return row.remote().filter(image.known()::contains).isPresent()
                || row.contents()
                        .flatMap(RemoteContents::manifest)
                        .filter(image.manifest()::equals)
                        .isPresent();
    }

    private OptionalLong missing(TagRow row) {
        return row.contents()
                .map(contents -> OptionalLong.of(images.missing(contents.parts())))
                .orElseGet(OptionalLong::empty);
    }
}
