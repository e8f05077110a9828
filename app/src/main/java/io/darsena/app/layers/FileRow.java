package io.darsena.app.layers;

/// A line of the files: an entry of the tree that is shown, and how it is shown.
///
/// @param node its number in the tree
/// @param depth 0 for what lies in the root
/// @param open it is a directory, and what is in it follows
public record FileRow(int node, int depth, boolean open) {}
