/// Whom images come from: signatures as cosign makes them, keys, and what a person demands of which
/// repository. Start at [io.darsena.bridge.trust.Trust].
@NullMarked
package io.darsena.bridge.trust;

import org.jspecify.annotations.NullMarked;
