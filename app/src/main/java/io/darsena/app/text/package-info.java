/// Words and numbers as the person reads them: the message bundles, what engines say in their language, and formats of
/// sizes, times and shares. Start at [io.darsena.app.text.Messages] and [io.darsena.app.text.EngineWords].
@NullMarked
package io.darsena.app.text;

import org.jspecify.annotations.NullMarked;
