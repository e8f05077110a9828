/// Signatures made by openssl after cosign's published specification, and what else may stand in their place.
@NullMarked
package io.darsena.engine.trust;

import org.jspecify.annotations.NullMarked;
