/// Tests of the log's places.
@NullMarked
package io.darsena.launch.log;

import org.jspecify.annotations.NullMarked;
