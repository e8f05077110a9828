package io.darsena.runtime;

import java.io.IOException;
import java.util.Set;

/// What an archive is to hold, in this order.
@FunctionalInterface
public interface ArchivePlan {

    /// Called once, on a virtual thread of its own, while the archive is being read: a plan may be longer than memory
    /// would hold. What it throws fails the reading; once the archive is closed, [Entries#add] fails.
    void tell(Entries entries) throws IOException;

    /// How an entry is taken.
    enum Take {
        /// With all that is below it, in the order of the names' bytes. What vanishes meanwhile is left out.
        RECURSIVELY,

        /// Left out, and counted, when it is not there or may not be read.
        IF_PRESENT,

        /// A directory that is only a parent of what comes: though it hides what layers below have in it, the layer
        /// does not.
        AS_PARENT,

        /// A directory that hides what layers below have in it, whether it is marked so or not.
        OPAQUE,

        /// The mark that hides what layers below have under this name, whatever lies at the path.
        AS_WHITEOUT
    }

    /// Takes the entries. Not for several threads.
    interface Entries {

        /// @param root which of the archive's roots, from 0
        /// @param path below it, without a slash at its begin and without `..`; empty for the
        ///     root itself. No link in it is followed
        /// @param name in the archive; empty for a directory that gets no entry itself
        /// @param how of the last three of [Take] at most one, and that in a layer alone
        void add(int root, byte[] path, byte[] name, Set<Take> how) throws IOException;
    }
}
