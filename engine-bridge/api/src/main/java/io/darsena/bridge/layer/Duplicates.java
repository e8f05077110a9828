package io.darsena.bridge.layer;

import java.util.List;

/// Files of an image that have the same content, byte for byte. Those in package caches are left out: they are waste
/// already, each of them ([Waste#caches]).
///
/// @param bytes that would be saved if each content were there once
/// @param count how many groups make up [#bytes]
/// @param groups at most a thousand of them, those that waste most first
/// @param rewritten files that a layer brings again as they were, at most a thousand, the largest first
/// @param read how many files were read for it
/// @param unread how many others have the size of another file, but were not read: there is a bound to what is read,
/// and
/// those that could waste least come last
public record Duplicates(long bytes, int count, List<Group> groups, List<Rewritten> rewritten, int read, int unread) {

    public Duplicates {
        groups = List.copyOf(groups);
        rewritten = List.copyOf(rewritten);
    }

    /// Files that a container sees at different paths.
    ///
    /// @param size bytes of each
    /// @param count how many they are
    /// @param copies at most a hundred of them, the lowest layer's first, in it by path
    public record Group(long size, int count, List<Copy> copies) {

        public Group {
            copies = List.copyOf(copies);
        }

        /// What all but one of them take.
        public long wasted() {
            return size * (count - 1);
        }
    }

    /// @param layer that brought it; the lowest is 1
    public record Copy(FilePath path, int layer) {}

    /// A file that is brought once more, with another mode, owner or time alone.
    ///
    /// @param broughtBy the layer whose file no container sees; the lowest is 1
    /// @param hiddenBy the layer that brings it again
    public record Rewritten(FilePath path, long bytes, int broughtBy, int hiddenBy) {}
}
