/// Words and numbers as the person reads them: the message bundles, and formats of sizes, times and shares in their
/// language. Start at [io.darsena.app.text.Messages].
@NullMarked
package io.darsena.app.text;

import org.jspecify.annotations.NullMarked;
