/// Tests of `io.darsena.app.palette`.
@NullMarked
package io.darsena.app.palette;

import org.jspecify.annotations.NullMarked;
