package io.darsena.app.registries.browse;

import io.darsena.bridge.registry.FoundRepository.Visibility;

/// A repository of the registry that is looked at.
///
/// @param stars negative where the registry does not count any
/// @param official curated by Docker
/// @param here whether images here are named after it
/// @param visibility who sees it, as far as the registry tells
record RepositoryEntry(
        String repository, String description, long stars, boolean official, boolean here, Visibility visibility) {}
