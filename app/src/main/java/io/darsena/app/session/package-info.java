/// The window's own side of an engine: opening it, mirroring what it tells, carrying commands to it and numbers from
/// it. [io.darsena.app.session.FxPump] is the one place where work hops to the JavaFX thread. Nothing here is drawn.
/// Start at [io.darsena.app.session.EngineSession].
@NullMarked
package io.darsena.app.session;

import org.jspecify.annotations.NullMarked;
