/// What an image is made of: the steps that made it, and the files that its layers show, hide and remove; and in what
/// two images differ. Start at [io.darsena.bridge.layer.Layers], or at [io.darsena.bridge.layer.TreeComparison].
@NullMarked
package io.darsena.bridge.layer;

import org.jspecify.annotations.NullMarked;
