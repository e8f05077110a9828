package io.darsena.app.files;

/// A line of a file as it is shown.
///
/// @param label its number, or the offset of its bytes, as wide as those of all other lines; blank where a long line
///     goes on
/// @param text harmless: what would break the line or turn its direction is written as an escape
record FileLine(String label, String text) {}
