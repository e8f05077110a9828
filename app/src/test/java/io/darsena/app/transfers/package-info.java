/// Tests of this package.
@NullMarked
package io.darsena.app.transfers;

import org.jspecify.annotations.NullMarked;
