/// The command palette: everything that can be done now, found by typing a part of its words; and the overview of keys.
/// Both show what [io.darsena.app.action.Actions] holds. Start at [io.darsena.app.palette.CommandPalette].
@NullMarked
package io.darsena.app.palette;

import org.jspecify.annotations.NullMarked;
