/// Tests of this package's view models, without a toolkit unless a test says so.
@NullMarked
package io.darsena.app.session;

import org.jspecify.annotations.NullMarked;
