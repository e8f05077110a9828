/// Tests of `io.darsena.app.containers`.
@NullMarked
package io.darsena.app.containers;

import org.jspecify.annotations.NullMarked;
