package io.darsena.app.layers;

import io.darsena.bridge.layer.FileListing;
import java.util.OptionalInt;

/// Files, and which of them are looked at. Two are equal when they show the same in the same way.
public interface Sight {

    FileListing files();

    /// Whether an entry is among them; a directory also when something in it is.
    boolean shows(int node);

    /// The bytes of an entry that count.
    long size(int node);

    /// Whether it is told what became of entries.
    boolean tellsChanges();

    /// The later layer that hides an entry, if one does and it is told here.
    default OptionalInt hiddenBy(int node) {
        return OptionalInt.empty();
    }
}
