/// The trash: what was removed and can be had back, what it costs, and how it is emptied. Start at
/// [io.darsena.app.trash.TrashView].
@NullMarked
package io.darsena.app.trash;

import org.jspecify.annotations.NullMarked;
