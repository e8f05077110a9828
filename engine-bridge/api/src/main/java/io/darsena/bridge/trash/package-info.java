/// What was removed and can be had back. Start at [io.darsena.bridge.trash.Trash].
@NullMarked
package io.darsena.bridge.trash;

import org.jspecify.annotations.NullMarked;
