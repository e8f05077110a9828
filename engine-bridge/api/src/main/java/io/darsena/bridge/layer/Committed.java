package io.darsena.bridge.layer;

import io.darsena.bridge.image.ImageId;

/// What a commit has made.
///
/// @param leftOut how much of what was to go into it no layer can have, or could not be read
public record Committed(ImageId image, long leftOut) {}
