package io.darsena.bridge.sync;

import io.darsena.bridge.image.ImageReference;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// A push that is sent as soon as it can be.
///
/// @param nextAt when it is tried again, at the earliest
/// @param trouble why it is not there yet, an English sentence without its full stop
/// @param done bytes that are there, while it is being sent
/// @param total bytes in all, once known
public record QueuedPush(
        ImageReference name,
        Instant queuedAt,
        Stage stage,
        Optional<Instant> nextAt,
        Optional<String> trouble,
        long done,
        OptionalLong total) {

    public enum Stage {
        WAITING,
        /// It is to be signed, and goes as soon as its key is unlocked.
        LOCKED,
        SENDING,
        /// It was refused, and is not tried again unless a person asks for it.
        REFUSED
    }
}
