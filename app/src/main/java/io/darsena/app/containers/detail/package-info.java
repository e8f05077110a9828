/// The detail of the chosen container: its tabs. Start at [io.darsena.app.containers.detail.DetailView].
@NullMarked
package io.darsena.app.containers.detail;

import org.jspecify.annotations.NullMarked;
