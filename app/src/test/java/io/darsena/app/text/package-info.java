/// Tests of `io.darsena.app.text`.
@NullMarked
package io.darsena.app.text;

import org.jspecify.annotations.NullMarked;
