/// Tests of the trash's screen.
@NullMarked
package io.darsena.app.trash;

import org.jspecify.annotations.NullMarked;
