package io.darsena.bridge.image;

import java.util.OptionalLong;

/// How far an import or an export of images is, or a search through one.
///
/// @param stage a word for it: `reading`, `verifying`, `unpacking`, `finishing`; `writing` of an export; `comparing`
/// of a
/// search
/// @param done bytes
/// @param total bytes, when known; an export and a search always know
public record TransferProgress(String stage, String subject, long done, OptionalLong total) {}
