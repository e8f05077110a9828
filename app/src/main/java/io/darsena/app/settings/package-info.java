/// The Settings section, a page a concern: what the window looks like, where data lies and what it takes, how much of
/// logs is kept, what the engine is and what this host withholds from it, and what Darsena is made of. Start at
/// [io.darsena.app.settings.SettingsView].
@NullMarked
package io.darsena.app.settings;

import org.jspecify.annotations.NullMarked;
