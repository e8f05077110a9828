/// Making an image of what a container has changed, and saying how a Dockerfile would. Start at
/// [io.darsena.app.commit.CommitDialog].
@NullMarked
package io.darsena.app.commit;

import org.jspecify.annotations.NullMarked;
