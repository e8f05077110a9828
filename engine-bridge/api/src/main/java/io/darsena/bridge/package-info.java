/// What the window, the API server and every other client may know of an engine: [io.darsena.bridge.Engine],
/// and in the packages below it the values, events and errors. java.base and JSpecify only; no
/// implementation. Start reading at [io.darsena.bridge.Engine].
@NullMarked
package io.darsena.bridge;

import org.jspecify.annotations.NullMarked;
