package io.darsena.bridge.registry;

/// A repository that a search found.
///
/// @param name as it would be pulled, without a tag: `nginx`, `localhost:5000/team/web`
/// @param official curated by Docker
/// @param visibility who sees it, as far as the registry tells
public record FoundRepository(String name, String description, long stars, boolean official, Visibility visibility) {

    public enum Visibility {
        PUBLIC,
        PRIVATE,
        UNKNOWN
    }
}
