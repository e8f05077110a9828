package io.darsena.bridge.layer;

/// What came out when the contents of files were compared of which everything else was known
/// ([TreeComparison#uncompared]).
///
/// @param differing files of the new tree that hold something else than those of the old one
/// @param unread those that were not read to the end: there is a bound to what is read, and the largest come last
/// @param read how many were compared
public record ComparedContents(NodeSet differing, NodeSet unread, int read) {

    /// Nothing has been compared.
    public static final ComparedContents NONE = new ComparedContents(NodeSet.NONE, NodeSet.NONE, 0);

    public ComparedContents {
        if (read < 0) {
            throw new IllegalArgumentException("fewer than no files were compared: " + read);
        }
    }
}
