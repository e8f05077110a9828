/// Whom images come from, in words and marks: in the list, beside an image, before a push. What a person demands is in
/// the settings. Start at [io.darsena.app.trust.TrustWords].
@NullMarked
package io.darsena.app.trust;

import org.jspecify.annotations.NullMarked;
