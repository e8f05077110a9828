/// Tests of `io.darsena.app.action`.
@NullMarked
package io.darsena.app.action;

import org.jspecify.annotations.NullMarked;
