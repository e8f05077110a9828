/// Remote registries: what is pulled from them and pushed to them, who logs in where, what they hold. Start at
/// [io.darsena.bridge.registry.Registries].
@NullMarked
package io.darsena.bridge.registry;

import org.jspecify.annotations.NullMarked;
