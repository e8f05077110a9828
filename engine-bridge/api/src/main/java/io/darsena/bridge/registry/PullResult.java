package io.darsena.bridge.registry;

import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageId;

/// What a pull brought.
///
/// @param digest by which the registry knows it: of the index where there is one, otherwise of the manifest
/// @param changed whether anything is here now that was not before, a name included
public record PullResult(ImageId image, Digest digest, boolean changed) {}
