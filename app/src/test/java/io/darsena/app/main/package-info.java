/// Tests of `io.darsena.app.main`.
@NullMarked
package io.darsena.app.main;

import org.jspecify.annotations.NullMarked;
