package io.darsena.bridge.layer;

import java.util.EnumSet;
import java.util.Set;

/// Which entries of a [FileTree] are looked for; all conditions hold.
///
/// @param words part of a name, whatever its case; with a slash in it, part of a path. Empty for any.
/// @param kinds empty for any
/// @param smallest bytes
/// @param changed only what the uppermost layer has added, changed or removed
public record FileFilter(String words, Set<FileKind> kinds, long smallest, boolean changed) {

    public static final FileFilter ALL = new FileFilter("", Set.of(), 0, false);

    public FileFilter {
        words = words.strip();
        kinds = kinds.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(kinds));
    }

    public FileFilter withWords(String others) {
        return new FileFilter(others, kinds, smallest, changed);
    }

    public FileFilter withChanged(boolean only) {
        return new FileFilter(words, kinds, smallest, only);
    }

    /// It lets everything through.
    public boolean isOpen() {
        return words.isEmpty() && kinds.isEmpty() && smallest == 0 && !changed;
    }
}
