package io.darsena.app.layers;

/// A line of the files: an entry of the tree that is shown, and how deep it lies.
///
/// @param node its number in the tree
/// @param depth 0 for what lies in the root
record FileRow(int node, int depth) {}
