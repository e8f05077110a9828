package io.darsena.engine.registry;

/// What is being done, for messages.
///
/// @param operation a verb phrase, as `pull`
/// @param subject as `docker.io/library/debian:12`
record Purpose(String operation, String subject) {}
