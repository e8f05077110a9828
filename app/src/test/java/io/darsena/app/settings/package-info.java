/// Tests of `io.darsena.app.settings`.
@NullMarked
package io.darsena.app.settings;

import org.jspecify.annotations.NullMarked;
