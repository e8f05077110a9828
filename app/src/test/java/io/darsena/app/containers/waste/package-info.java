/// Tests of the Waste tab of a container.
@NullMarked
package io.darsena.app.containers.waste;

import org.jspecify.annotations.NullMarked;
