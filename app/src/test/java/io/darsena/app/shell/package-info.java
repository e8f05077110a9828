/// Tests of `io.darsena.app.shell`.
@NullMarked
package io.darsena.app.shell;

import org.jspecify.annotations.NullMarked;
