/// Once a second what each running container uses. Start at [io.darsena.engine.metrics.MetricsFeed].
@NullMarked
package io.darsena.engine.metrics;

import org.jspecify.annotations.NullMarked;
