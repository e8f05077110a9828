/// Reads containers' logs: from the end, from a time, along with the writer. Writing and rotating them is the monitor's
/// business. Start at [io.darsena.engine.container.log.ContainerLogs].
@NullMarked
package io.darsena.engine.container.log;

import org.jspecify.annotations.NullMarked;
