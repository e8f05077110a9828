/// The few kinds of failure an engine reports, each with one HTTP status. Start at
/// [io.darsena.bridge.error.EngineException].
@NullMarked
package io.darsena.bridge.error;

import org.jspecify.annotations.NullMarked;
