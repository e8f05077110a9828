/// Controls that every screen may use: the state badge, the failure banner, live charts. They know values, not engines,
/// and are drawn in code. Start at [io.darsena.app.control.StateBadge].
@NullMarked
package io.darsena.app.control;

import org.jspecify.annotations.NullMarked;
