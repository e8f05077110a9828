/// Tests of what the window shows of registries and of cleaning up.
@NullMarked
package io.darsena.app.sync;

import org.jspecify.annotations.NullMarked;
