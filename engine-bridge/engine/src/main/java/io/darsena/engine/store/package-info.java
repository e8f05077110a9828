/// The database: one SQLite file, its schema and migrations, typed access to rows. What the tables mean belongs to
/// the packages that keep them. Start at [io.darsena.engine.store.Database].
@NullMarked
package io.darsena.engine.store;

import org.jspecify.annotations.NullMarked;
