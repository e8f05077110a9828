/// The image cache: manifests and configs, unpacked layers, import, removal. Registries are not its business, nor is
/// what containers do with layers. Start at [io.darsena.engine.image.ImageCache].
@NullMarked
package io.darsena.engine.image;

import org.jspecify.annotations.NullMarked;
