/// The window on the real engine and the real kernel: what a click does is asserted from outside, in `/proc`, the
/// control groups and the data directory, never by what the window says of itself. Start at `RealEngineIT`.
@NullMarked
package io.darsena.app.real;

import org.jspecify.annotations.NullMarked;
