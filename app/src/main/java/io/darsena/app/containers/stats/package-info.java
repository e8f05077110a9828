/// The Stats tab: what a container uses, as charts and as numbers. Start at
/// [io.darsena.app.containers.stats.StatsView].
@NullMarked
package io.darsena.app.containers.stats;

import org.jspecify.annotations.NullMarked;
