/// Starts the window: reads the options, opens the engine, shows the first frame. The only package of the window that
/// names an implementation of the engine. Start at [io.darsena.app.main.Main].
@NullMarked
package io.darsena.app.main;

import org.jspecify.annotations.NullMarked;
