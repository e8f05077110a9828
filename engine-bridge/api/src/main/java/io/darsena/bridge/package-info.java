/// What a container engine is to the window and to its other users: the `Engine`, its values, events and errors.
/// No implementation is here, and nothing but java.base is needed. Start reading at `Engine`.
@NullMarked
package io.darsena.bridge;

import org.jspecify.annotations.NullMarked;
