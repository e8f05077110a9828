/// What a person can ask of the window, said once: an action has an identity, words, an icon, keys and a condition, and
/// the top bar, the keys, the command palette and the overview of shortcuts all show the same. Start at
/// [io.darsena.app.action.Actions].
@NullMarked
package io.darsena.app.action;

import org.jspecify.annotations.NullMarked;
