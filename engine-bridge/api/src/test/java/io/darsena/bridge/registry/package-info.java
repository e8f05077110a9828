/// What is shown to registries, and how they are named.
@NullMarked
package io.darsena.bridge.registry;

import org.jspecify.annotations.NullMarked;
