package io.darsena.bridge.container;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// One record of a log: a line, or a part of a very long one.
///
/// @param text the bytes as the process wrote them, without the line feed; not copied, not to be changed
/// @param partial more of the same line follows
public record LogRecord(Instant at, Stream stream, boolean partial, byte[] text) {

    public enum Stream {
        STDOUT,
        STDERR
    }

    /// The text as UTF-8, with a replacement character for what is not.
    public String line() {
        return new String(text, StandardCharsets.UTF_8);
    }
}
