/// The in-process engine: it keeps images and containers, and drives the native runtime.
/// It knows neither a window nor Docker's HTTP API; each concern has a package of its own below this one.
@NullMarked
package io.darsena.engine;

import org.jspecify.annotations.NullMarked;
