package io.darsena.engine.layer;

import io.darsena.bridge.layer.FileTree;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// A tree of files whose bytes can be had.
public interface ReadableTree {

    FileTree tree();

    /// Reads files in this order, all by one archiver: a file costs some microseconds and its bytes, where asking for
    /// each alone costs a process. What is gone meanwhile is left out, and so is a further name of a file that was
    /// read under another one.
    ///
    /// @param files numbers of entries of [#tree] that are files
    /// @throws io.darsena.bridge.error.FailedException when the bytes do not come
    void read(List<Integer> files, FileReader reader);

    /// Told of each file.
    @FunctionalInterface
    interface FileReader {

        /// @param bytes of this file alone, which need not be read to the end, and are not to be closed
        void read(int file, InputStream bytes) throws IOException;
    }
}
