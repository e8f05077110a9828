/// Containers: their identity, specification, the seven states with the one table of transitions, logs and
/// metrics.
/// Start at [io.darsena.bridge.container.Containers].
@NullMarked
package io.darsena.bridge.container;

import org.jspecify.annotations.NullMarked;
