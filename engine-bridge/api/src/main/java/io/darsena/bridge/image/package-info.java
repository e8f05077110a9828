/// Images of the local cache: references, digests, layers, import. Start at [io.darsena.bridge.image.Images].
@NullMarked
package io.darsena.bridge.image;

import org.jspecify.annotations.NullMarked;
