/// Tests of `io.darsena.app.containers.summary`.
@NullMarked
package io.darsena.app.containers.summary;

import org.jspecify.annotations.NullMarked;
