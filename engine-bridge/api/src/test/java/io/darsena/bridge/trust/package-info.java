/// What trust rules speak of.
@NullMarked
package io.darsena.bridge.trust;

import org.jspecify.annotations.NullMarked;
