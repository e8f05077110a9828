/// Looks into layers: how an image was made, what its layers show, hide and waste, from the lists of entries that the
/// extractor wrote. It unpacks nothing. Start at [io.darsena.engine.layer.EngineLayers].
@NullMarked
package io.darsena.engine.layer;

import org.jspecify.annotations.NullMarked;
