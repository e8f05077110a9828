package io.darsena.bridge.layer;

import java.io.FilterInputStream;
import java.io.InputStream;

/// The bytes of a tar of a tree of files, on their way. Once they have come to their end it tells what the tar lacks.
public abstract class TreeTar extends FilterInputStream {

    protected TreeTar(InputStream bytes) {
        super(bytes);
    }

    /// How much of what lies there is not in the tar: sockets, which no tar can have, devices that only root can
    /// make, what may not be read, and what vanished meanwhile.
    ///
    /// @throws IllegalStateException before the bytes have been read to their end
    public abstract long leftOut();
}
