package io.darsena.bridge.image;

import java.util.OptionalLong;

/// How far an import is.
///
/// @param stage a word for it: `reading`, `verifying`, `unpacking`, `finishing`
/// @param done bytes
/// @param total bytes, when known
public record ImportProgress(String stage, String subject, long done, OptionalLong total) {}
