/// Registries: what is pulled from them and pushed to them, who logs in where, what they hold. What an image
/// consists of is not known here but by its documents; the cache takes it in. Start at
/// [io.darsena.engine.registry.EngineRegistries], for the bytes on the wire at
/// [io.darsena.engine.registry.RegistryClient].
@NullMarked
package io.darsena.engine.registry;

import org.jspecify.annotations.NullMarked;
