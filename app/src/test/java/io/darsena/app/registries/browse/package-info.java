/// Tests of this package's view models, without a toolkit.
@NullMarked
package io.darsena.app.registries.browse;

import org.jspecify.annotations.NullMarked;
