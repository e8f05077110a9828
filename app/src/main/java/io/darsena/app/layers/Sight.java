package io.darsena.app.layers;

import io.darsena.bridge.layer.FileListing;

/// Files, and which of them are looked at. Two are equal when they show the same in the same way.
public interface Sight {

    FileListing files();

    /// Whether an entry is among them; a directory also when something in it is.
    boolean shows(int node);

    /// The bytes of an entry that count.
    long size(int node);

    /// Whether it is told what became of entries.
    boolean tellsChanges();
}
