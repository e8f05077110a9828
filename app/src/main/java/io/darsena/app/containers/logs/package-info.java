/// The Logs tab. [io.darsena.app.containers.logs.LogsViewModel] keeps the lines; the view shows those that fit on the
/// screen. Start at [io.darsena.app.containers.logs.LogsView].
@NullMarked
package io.darsena.app.containers.logs;

import org.jspecify.annotations.NullMarked;
