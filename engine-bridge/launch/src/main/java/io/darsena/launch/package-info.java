/// Wires an engine from its parts, without a window: for the application, for `bench`, and for tests.
/// This package and `io.darsena.app.main` are the only ones that name an implementation.
@NullMarked
package io.darsena.launch;

import org.jspecify.annotations.NullMarked;
