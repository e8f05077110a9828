/// Tests of `io.darsena.app.containers.logs`.
@NullMarked
package io.darsena.app.containers.logs;

import org.jspecify.annotations.NullMarked;
