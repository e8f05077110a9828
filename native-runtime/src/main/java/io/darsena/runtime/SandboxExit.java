package io.darsena.runtime;

import java.time.Instant;
import java.util.OptionalInt;

/// How a sandbox ended.
///
/// @param code the exit code, or 128 + signal
/// @param signal the signal that ended it, if one did
/// @param lost nobody saw the end: the monitor was killed or the machine restarted; `code` is then 255
public record SandboxExit(long run, int code, OptionalInt signal, Instant startedAt, Instant exitedAt, boolean lost) {}
