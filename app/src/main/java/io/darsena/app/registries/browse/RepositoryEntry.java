package io.darsena.app.registries.browse;

/// A repository of the registry that is looked at.
///
/// @param stars negative where the registry does not count any
/// @param official curated by Docker
/// @param here whether images here are named after it
record RepositoryEntry(String repository, String description, long stars, boolean official, boolean here) {}
