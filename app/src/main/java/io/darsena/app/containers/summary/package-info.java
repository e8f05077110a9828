/// The Summary of a container: its life as a drawn state machine whose arrows act, how it came to run, what it uses and
/// what it is. [io.darsena.app.containers.summary.DiagramLayout] knows geometry only; the arrows come from the engine's
/// one table. Start at [io.darsena.app.containers.summary.SummaryView].
@NullMarked
package io.darsena.app.containers.summary;

import org.jspecify.annotations.NullMarked;
