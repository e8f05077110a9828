/// Tests of the views of layers.
@NullMarked
package io.darsena.app.layers;

import org.jspecify.annotations.NullMarked;
