/// Tests of what `launch` wires together, on the real kernel.
@NullMarked
package io.darsena.launch;

import org.jspecify.annotations.NullMarked;
