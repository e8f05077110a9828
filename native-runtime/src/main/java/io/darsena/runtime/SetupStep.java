package io.darsena.runtime;

import java.time.Duration;

/// One step of a start as it was measured.
///
/// @param name `monitor`, `namespaces`, `overlay`, `filesystems`, `confinement`, `exec`
/// @param detail what was made, in the protocol's words; may be empty
public record SetupStep(String name, Duration took, String detail) {}
