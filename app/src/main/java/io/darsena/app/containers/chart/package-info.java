/// What a container uses, as charts over the last ten minutes: which there are, what each shows, and why one has
/// nothing
/// to show. Start at [io.darsena.app.containers.chart.ContainerCharts].
@NullMarked
package io.darsena.app.containers.chart;

import org.jspecify.annotations.NullMarked;
