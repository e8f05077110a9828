/// Pulling and pushing images: the dialogs, and the completion of image names by what is here and what
/// registries hold. How far a transfer is shows elsewhere. Start at [io.darsena.app.pull.PullDialog].
@NullMarked
package io.darsena.app.pull;

import org.jspecify.annotations.NullMarked;
