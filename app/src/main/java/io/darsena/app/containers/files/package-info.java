/// The Files tab: what a container sees, and what it has written itself, as it writes. Start at
/// [io.darsena.app.containers.files.FilesView].
@NullMarked
package io.darsena.app.containers.files;

import org.jspecify.annotations.NullMarked;
