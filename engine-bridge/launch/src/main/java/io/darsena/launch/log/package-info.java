/// Where the log of a launched program goes. Found by Logback through `META-INF/services`; nobody calls it.
/// Start reading at [io.darsena.launch.log.LogPlaces].
@NullMarked
package io.darsena.launch.log;

import org.jspecify.annotations.NullMarked;
