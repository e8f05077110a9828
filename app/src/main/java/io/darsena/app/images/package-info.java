/// The Images section: the list, an image's layers and JSON, and the import of files, also by dropping them on the
/// window. Start at [io.darsena.app.images.ImagesView].
@NullMarked
package io.darsena.app.images;

import org.jspecify.annotations.NullMarked;
