package io.darsena.app.pull;

/// What a typed name may become.
///
/// @param text that takes the place of what is typed
record Suggestion(String text, Kind kind) {

    enum Kind {
        /// A name that the person has starred.
        STARRED,
        /// An image that is here.
        IMAGE,
        REGISTRY,
        REPOSITORY,
        TAG
    }
}
