/// Reading JSON that others wrote, with bounds and with errors that say where; writing our own. Start at
/// [io.darsena.engine.json.JsonObject].
@NullMarked
package io.darsena.engine.json;

import org.jspecify.annotations.NullMarked;
