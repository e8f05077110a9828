/// What a person set for this engine, kept in a JSON file of the configuration directory that they may also edit by
/// hand. Start at [io.darsena.engine.settings.KeptSettings].
@NullMarked
package io.darsena.engine.settings;

import org.jspecify.annotations.NullMarked;
