package io.darsena.bridge.layer;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// Reads the extended attributes of the first entry of a tar.
final class ArchivedAttributes {

    private ArchivedAttributes() {}

    /// Reads no further than to the entry itself.
    ///
    /// @return by name
    /// @throws IOException also for what is no tar
    static List<ExtendedAttribute> read(InputStream tar) throws IOException {
        return new ArchivedEntries(tar)
                .next()
                .map(ArchivedEntries.Entry::attributes)
                .orElse(List.of());
    }
}
