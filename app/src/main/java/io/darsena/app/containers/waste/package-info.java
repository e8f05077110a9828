/// The Waste tab: what of a container's image and of what it has written nobody sees or needs. Start at
/// [io.darsena.app.containers.waste.WasteView].
@NullMarked
package io.darsena.app.containers.waste;

import org.jspecify.annotations.NullMarked;
