package io.darsena.bridge.image;

import java.util.regex.Pattern;

/// Digest of a stored blob, `sha256:` and 64 lower-case hex digits (OCI image-spec, descriptor, Digests).
///
/// @param hex the 64 digits
public record Digest(String hex) {

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    public Digest {
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException("not a sha256 digest: " + hex);
        }
    }

    /// @throws IllegalArgumentException unless it is `sha256:` and 64 lower-case hex digits
    public static Digest parse(String text) {
        if (!text.startsWith("sha256:")) {
            throw new IllegalArgumentException("not a sha256 digest: " + text);
        }
        return new Digest(text.substring("sha256:".length()));
    }

    @Override
    public String toString() {
        return "sha256:" + hex;
    }
}
