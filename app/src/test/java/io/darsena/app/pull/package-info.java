/// Tests of this package.
@NullMarked
package io.darsena.app.pull;

import org.jspecify.annotations.NullMarked;
