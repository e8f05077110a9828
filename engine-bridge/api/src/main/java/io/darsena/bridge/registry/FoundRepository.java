package io.darsena.bridge.registry;

/// A repository that a search found.
///
/// @param name as it would be pulled, without a tag: `nginx`, `localhost:5000/team/web`
/// @param official curated by Docker
public record FoundRepository(String name, String description, long stars, boolean official) {}
