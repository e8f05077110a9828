/// How names stand to their registries, in words, badges and buttons. Start at
/// [io.darsena.app.sync.SyncWords].
@NullMarked
package io.darsena.app.sync;

import org.jspecify.annotations.NullMarked;
