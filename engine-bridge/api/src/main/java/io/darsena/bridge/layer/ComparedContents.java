package io.darsena.bridge.layer;

import java.util.Objects;

/// What came out when the contents of files were compared of which everything else was known
/// ([TreeComparison#uncompared]).
///
/// @param differing files of the new tree that hold something else than those of the old one
/// @param attributes files and directories of the new tree that have other extended attributes, or other values of
/// them
/// @param unread those that were not read to the end: there is a bound to what is read, and the largest come last
/// @param read how many were compared
public record ComparedContents(NodeSet differing, NodeSet attributes, NodeSet unread, int read) {

    /// Nothing has been compared.
    public static final ComparedContents NONE = new ComparedContents(NodeSet.NONE, NodeSet.NONE, NodeSet.NONE, 0);

    public ComparedContents {
        Objects.requireNonNull(differing);
        Objects.requireNonNull(attributes);
        Objects.requireNonNull(unread);
        if (read < 0) {
            throw new IllegalArgumentException("fewer than no files were compared: " + read);
        }
    }
}
