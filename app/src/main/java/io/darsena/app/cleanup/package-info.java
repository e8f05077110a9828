/// The dialog that shows what nobody needs before it goes. Start at [io.darsena.app.cleanup.CleanUpDialog].
@NullMarked
package io.darsena.app.cleanup;

import org.jspecify.annotations.NullMarked;
