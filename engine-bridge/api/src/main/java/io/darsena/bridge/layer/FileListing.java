package io.darsena.bridge.layer;

import java.time.Instant;

/// Files as a tree to look through, and what became of each: a [FileTree], or the [TreeComparison] of two.
///
/// Entries are numbers: [FileTree#ROOT], and those that [#children] and [#matching] give.
public interface FileListing {

    /// [FileTree#NONE] for the root.
    int parent(int node);

    /// The entries of a directory that are shown, in no order.
    int[] children(int directory);

    /// The entry at a path; [FileTree#NONE] where none is shown.
    int find(FilePath path);

    /// As [#find(FilePath)], of a path without a leading slash.
    default int find(String path) {
        return find(FilePath.of(path));
    }

    /// The shown entries but the root that a filter lets through.
    int[] matching(FileFilter filter);

    /// Empty for the root. What is not UTF-8 is shown as replacement characters.
    String name(int node);

    /// As `strcmp` orders the bytes of names.
    int compareNames(int one, int other);

    /// Without a leading slash; empty for the root. What is not UTF-8 is shown as replacement characters.
    String path(int node);

    /// As [#path], the very bytes.
    FilePath filePath(int node);

    FileKind kind(int node);

    FileChange change(int node);

    /// How many entries below a directory were added, changed or removed.
    int touched(int node);

    /// The layer that shows it as it is, the lowest being 1; of what is removed the one that had it.
    int layerOf(int node);

    /// Bytes of all files in a directory, each counted once though it has hard links. Else those of the file, or of the
    /// file that a hard link is one more name of.
    long total(int node);

    /// Permissions, with set-id and sticky bits (inode(7)).
    int mode(int node);

    long uid(int node);

    long gid(int node);

    Instant modifiedAt(int node);

    /// What a symbolic link says, or the devices' numbers, `major,minor`, or the path under which a hard link's file
    /// has its bytes; else empty.
    String link(int node);

    /// It has extended attributes.
    boolean hasAttributes(int node);

    /// It is in the layer, but could not be made on this machine: a device where the engine has no root.
    boolean isLeftOut(int node);
}
