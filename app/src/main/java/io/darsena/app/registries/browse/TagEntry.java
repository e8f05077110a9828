package io.darsena.app.registries.browse;

import io.darsena.bridge.image.ImageReference;

/// A tag of the repository that is looked at.
///
/// @param here whether an image here bears the name
record TagEntry(String tag, ImageReference name, boolean here) {}
