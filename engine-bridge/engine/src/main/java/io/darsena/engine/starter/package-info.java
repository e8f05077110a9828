/// The image that every cache begins with, so that there is something to run with no registry in reach. It is made when
/// the project is built, from src/main/starter. Start at [io.darsena.engine.starter.StarterImage].
@NullMarked
package io.darsena.engine.starter;

import org.jspecify.annotations.NullMarked;
