package io.darsena.engine.image;

import io.darsena.engine.json.JsonObject;
import io.darsena.engine.json.JsonText;

/// The file that makes a directory an OCI image layout, and tells its version.
final class LayoutMarker {

    static final String FILE = "oci-layout";

    private LayoutMarker() {}

    /// Of our own layouts.
    static byte[] bytes() {
        return JsonText.bytes(JsonText.object().put("imageLayoutVersion", "1.0.0"));
    }

    /// @throws io.darsena.bridge.error.CorruptedException when it is of a version that is not known
    static void check(byte[] bytes, String source) {
        JsonObject marker = JsonObject.parse(bytes, FILE + " of " + source);
        String version = marker.text("imageLayoutVersion");
        if (!version.startsWith("1.")) {
            throw marker.wrong("imageLayoutVersion " + version + " is not known, only 1.x");
        }
    }
}
