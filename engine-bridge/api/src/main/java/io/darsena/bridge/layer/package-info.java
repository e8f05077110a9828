/// What an image is made of: the steps that made it, and the files that its layers show, hide and remove. Start at
/// [io.darsena.bridge.layer.Layers].
@NullMarked
package io.darsena.bridge.layer;

import org.jspecify.annotations.NullMarked;
