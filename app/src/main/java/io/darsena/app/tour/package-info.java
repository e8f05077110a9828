/// Drives the window as a person would, with the mouse: the demonstration that `./darsena demo` gives, and the pictures
/// for the documentation. It sees the engine through the window only. Start at [io.darsena.app.tour.Demo].
@NullMarked
package io.darsena.app.tour;

import org.jspecify.annotations.NullMarked;
