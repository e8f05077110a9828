/// Signatures in the window.
@NullMarked
package io.darsena.app.trust;

import org.jspecify.annotations.NullMarked;
