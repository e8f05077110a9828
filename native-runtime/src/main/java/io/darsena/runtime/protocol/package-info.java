/// Frames of the protocol between Java and darsena-runtime (`protocol/PROTOCOL.md`, *Frames*): what one
/// holds, how it is written, and how frames are cut from a stream of hostile bytes. Knows no message by name
/// and does no I/O. Start reading at [io.darsena.runtime.protocol.Frame].
@NullMarked
package io.darsena.runtime.protocol;

import org.jspecify.annotations.NullMarked;
