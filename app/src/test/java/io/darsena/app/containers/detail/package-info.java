/// Tests of `io.darsena.app.containers.detail` and the tabs it shows.
@NullMarked
package io.darsena.app.containers.detail;

import org.jspecify.annotations.NullMarked;
