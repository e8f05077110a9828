/// What every list screen does alike: rows that follow what there is, filter tabs, order, columns that are chosen and
/// remembered, several rows at once, the detail below. It knows neither containers nor images. Start at
/// [io.darsena.app.list.ListTable].
@NullMarked
package io.darsena.app.list;

import org.jspecify.annotations.NullMarked;
