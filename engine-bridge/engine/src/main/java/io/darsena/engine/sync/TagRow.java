package io.darsena.engine.sync;

import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import io.darsena.engine.registry.RemoteContents;
import io.darsena.engine.registry.RemoteTag;
import java.time.Instant;
import java.util.Optional;

/// What is remembered of one name.
///
/// @param image that came from its registry, or went there
/// @param remote the digest that the registry told last
/// @param contents what that leads to; empty when it was not read
/// @param checkedAt when the registry last answered
/// @param tries how it went since
record TagRow(
        ImageReference name,
        ImageId image,
        boolean autoPull,
        Optional<Digest> remote,
        Optional<RemoteContents> contents,
        boolean gone,
        Optional<Instant> checkedAt,
        Tries tries) {

    static TagRow of(ImageReference name, ImageId image) {
        return new TagRow(name, image, false, Optional.empty(), Optional.empty(), false, Optional.empty(), Tries.NONE);
    }

    TagRow withAutoPull(boolean wanted) {
        return new TagRow(name, image, wanted, remote, contents, gone, checkedAt, tries);
    }

    /// What was read of the same digest before is kept.
    TagRow answered(RemoteTag tag, Instant now) {
        Optional<RemoteContents> known = remote.equals(Optional.of(tag.digest())) ? contents : Optional.empty();
        return new TagRow(
                name,
                image,
                autoPull,
                Optional.of(tag.digest()),
                tag.contents().or(() -> known),
                false,
                Optional.of(now),
                Tries.NONE);
    }

    TagRow gone(Instant now) {
        return new TagRow(name, image, autoPull, remote, contents, true, Optional.of(now), Tries.NONE);
    }

    TagRow failed(Tries so) {
        return new TagRow(name, image, autoPull, remote, contents, gone, checkedAt, so);
    }

    /// A pull or a push has just seen it.
    TagRow seen(ImageId bearer, Digest digest, Instant now) {
        boolean same = image.equals(bearer);
        return new TagRow(
                name,
                bearer,
                autoPull,
                Optional.of(digest),
                same ? contents : Optional.empty(),
                false,
                Optional.of(now),
                Tries.NONE);
    }
}
