package io.darsena.runtime;

import io.darsena.runtime.protocol.Frame;
import io.darsena.runtime.protocol.MalformedFrameException;
import java.time.Duration;
import java.util.List;

/// One step of a start as it was measured.
///
/// @param name `monitor`, `namespaces`, `overlay`, `filesystems`, `confinement`, `exec`
/// @param detail what was made, in the protocol's words `KEY=VALUE`; may be empty
public record SetupStep(String name, Duration took, String detail) {

    static List<SetupStep> in(Frame told) {
        return told.values("step").stream().map(SetupStep::parse).toList();
    }

    /// `NAME:NANOSECONDS:DETAIL`.
    private static SetupStep parse(String text) {
        String[] parts = text.split(":", 3);
        try {
            return new SetupStep(
                    parts[0], Duration.ofNanos(Long.parseLong(parts[1])), parts.length < 3 ? "" : parts[2]);
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new MalformedFrameException("a step is not NAME:NANOSECONDS:DETAIL but '" + text + "'");
        }
    }
}
