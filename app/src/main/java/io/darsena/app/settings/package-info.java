/// The Settings section: theme, language, and what the engine is and what this host withholds from it. Start at
/// [io.darsena.app.settings.SettingsView].
@NullMarked
package io.darsena.app.settings;

import org.jspecify.annotations.NullMarked;
