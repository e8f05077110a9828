package io.darsena.bridge.sync;

import io.darsena.bridge.image.ImageReference;
import java.time.Instant;
import java.util.Optional;

/// How one name of an image stands to its registry.
///
/// @param checkedAt when the registry last answered
/// @param nextAt when it will be asked by itself again, at the earliest
/// @param trouble why it could not be asked the last time, an English sentence without its full stop;
///     `standing` is then what was known before
/// @param autoPull whether a newer image is pulled as soon as it is found
public record TagSync(
        ImageReference name,
        Standing standing,
        Optional<Instant> checkedAt,
        Optional<Instant> nextAt,
        Optional<String> trouble,
        boolean autoPull,
        Activity activity) {

    public static TagSync localOnly(ImageReference name) {
        return new TagSync(
                name,
                new Standing.LocalOnly(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Activity.NONE);
    }

    public enum Activity {
        NONE,
        CHECKING,
        PULLING
    }
}
