/// Keeps names up with their registries by itself, and sends pushes that wait. What a comparison is,
/// the registries know; when it is made, and what of it is remembered, is decided here. Start at
/// [io.darsena.engine.sync.EngineSync].
@NullMarked
package io.darsena.engine.sync;

import org.jspecify.annotations.NullMarked;
