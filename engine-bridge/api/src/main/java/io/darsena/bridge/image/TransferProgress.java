package io.darsena.bridge.image;

import java.util.OptionalLong;

/// How far an import or an export of images is.
///
/// @param stage a word for it: `reading`, `verifying`, `unpacking`, `finishing`; `writing` of an export
/// @param done bytes
/// @param total bytes, when known; an export always knows
public record TransferProgress(String stage, String subject, long done, OptionalLong total) {}
