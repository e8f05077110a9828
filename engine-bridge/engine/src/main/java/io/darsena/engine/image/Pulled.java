package io.darsena.engine.image;

import io.darsena.bridge.image.ImageId;

/// What came of a pull.
///
/// @param changed whether anything is here now that was not before, a name included
public record Pulled(ImageId image, boolean changed) {}
