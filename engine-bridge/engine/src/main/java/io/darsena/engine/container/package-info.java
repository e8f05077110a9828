/// The containers of the in-process engine: what one is made of, what its sandbox may do, and its life. Start at
/// [io.darsena.engine.container.EngineContainers] and [io.darsena.engine.container.ContainerLifecycle]. Images, and
/// how a sandbox is made, are not its business.
@NullMarked
package io.darsena.engine.container;

import org.jspecify.annotations.NullMarked;
