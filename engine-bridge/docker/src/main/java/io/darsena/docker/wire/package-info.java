/// The JSON shapes of Docker's HTTP API (Engine API 1.51), as records where they are read and as plain maps
/// where they are written, and the framing of multiplexed streams. No I/O. Start reading at
/// [io.darsena.docker.wire.CreateRequest].
@NullMarked
package io.darsena.docker.wire;

import org.jspecify.annotations.NullMarked;
