/// Tests of the Packages tab.
@NullMarked
package io.darsena.app.packages;

import org.jspecify.annotations.NullMarked;
