/// Tests of `io.darsena.app.control`.
@NullMarked
package io.darsena.app.control;

import org.jspecify.annotations.NullMarked;
