/// Where an engine keeps its things, and that it is alone there. [io.darsena.engine.paths.EnginePaths] is the one
/// class that knows the disk layout; start there.
@NullMarked
package io.darsena.engine.paths;

import org.jspecify.annotations.NullMarked;
