/// Tests of `io.darsena.app.theme`.
@NullMarked
package io.darsena.app.theme;

import org.jspecify.annotations.NullMarked;
