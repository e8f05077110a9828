package io.darsena.engine.image;

import io.darsena.engine.json.JsonObject;

/// The file that makes a directory an OCI image layout, and tells its version.
final class LayoutMarker {

    static final String FILE = "oci-layout";

    private LayoutMarker() {}

    /// @throws io.darsena.bridge.error.CorruptedException when it is of a version that is not known
    static void check(byte[] bytes, String source) {
        JsonObject marker = JsonObject.parse(bytes, FILE + " of " + source);
        String version = marker.text("imageLayoutVersion");
        if (!version.startsWith("1.")) {
            throw marker.wrong("imageLayoutVersion " + version + " is not known, only 1.x");
        }
    }
}
