/// An image's layers to look at: the pyramid of its steps, the files of each layer, what they waste. It asks the engine
/// for one image at a time. Start at [io.darsena.app.layers.LayersPane]; what it shows is in
/// [io.darsena.app.layers.LayersViewModel].
@NullMarked
package io.darsena.app.layers;

import org.jspecify.annotations.NullMarked;
