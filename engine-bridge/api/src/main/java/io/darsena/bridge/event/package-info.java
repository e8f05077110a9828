/// What an engine tells its subscribers. Start at [io.darsena.bridge.event.EngineEvent].
@NullMarked
package io.darsena.bridge.event;

import org.jspecify.annotations.NullMarked;
