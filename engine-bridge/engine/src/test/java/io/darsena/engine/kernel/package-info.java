/// Containers as the kernel sees them: namespaces, mounts, limits, confinement, crashes; on the machine that the tests
/// run on, as whoever runs them.
@NullMarked
package io.darsena.engine.kernel;

import org.jspecify.annotations.NullMarked;
