/// Tests of this package.
@NullMarked
package io.darsena.app.registries;

import org.jspecify.annotations.NullMarked;
