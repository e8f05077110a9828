/// Tests of `io.darsena.app.screen`.
@NullMarked
package io.darsena.app.screen;

import org.jspecify.annotations.NullMarked;
