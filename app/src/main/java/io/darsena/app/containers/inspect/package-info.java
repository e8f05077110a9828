/// The Inspect tab: everything the engine knows of a container, as JSON. Start at
/// [io.darsena.app.containers.inspect.InspectView].
@NullMarked
package io.darsena.app.containers.inspect;

import org.jspecify.annotations.NullMarked;
