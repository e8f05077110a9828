/// The Containers section: the list, and what may be done with each container. The chosen one's detail lives in the
/// packages below. Start at [io.darsena.app.containers.ContainersView].
@NullMarked
package io.darsena.app.containers;

import org.jspecify.annotations.NullMarked;
