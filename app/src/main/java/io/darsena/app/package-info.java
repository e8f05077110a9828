/// The window. Each feature has a package of its own below this one; `io.darsena.app.main` starts it.
/// It sees the engine through `io.darsena.bridge` only.
@NullMarked
package io.darsena.app;

import org.jspecify.annotations.NullMarked;
