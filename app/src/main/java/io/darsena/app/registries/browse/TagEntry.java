package io.darsena.app.registries.browse;

import io.darsena.bridge.image.ImageReference;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// A tag of the repository that is looked at.
///
/// @param size bytes that travel of it, where the registry tells
/// @param updated when it was given its present meaning, where the registry tells
/// @param here whether an image here bears the name
record TagEntry(String tag, ImageReference name, OptionalLong size, Optional<Instant> updated, boolean here) {}
