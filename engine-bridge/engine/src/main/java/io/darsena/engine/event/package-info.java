/// How the engine's parts tell what happened, and how subscribers hear it.
@NullMarked
package io.darsena.engine.event;

import org.jspecify.annotations.NullMarked;
