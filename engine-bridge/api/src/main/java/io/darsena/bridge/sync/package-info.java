/// Keeping the cache fresh: what registries have that is newer than what is here, and pushes that wait
/// for the network. Start at [io.darsena.bridge.sync.Sync].
@NullMarked
package io.darsena.bridge.sync;

import org.jspecify.annotations.NullMarked;
