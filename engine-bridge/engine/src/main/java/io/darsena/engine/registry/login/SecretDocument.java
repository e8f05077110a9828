package io.darsena.engine.registry.login;

import io.darsena.bridge.error.CorruptedException;
import io.darsena.engine.json.JsonObject;

/// JSON with secrets in it: what is wrong with it is not quoted.
public final class SecretDocument {

    private SecretDocument() {}

    /// @param document what error messages call it
    public static JsonObject parse(byte[] bytes, String document) {
        try {
            return JsonObject.parse(bytes, document);
        } catch (CorruptedException malformed) {
            throw new CorruptedException("read", document, "it is no JSON object", "");
        }
    }
}
