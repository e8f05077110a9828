/// What a person sets for an engine, as opposed to for a window. Start at
/// [io.darsena.bridge.settings.EngineSettings]; [io.darsena.bridge.Engine] reads and changes it.
@NullMarked
package io.darsena.bridge.settings;

import org.jspecify.annotations.NullMarked;
