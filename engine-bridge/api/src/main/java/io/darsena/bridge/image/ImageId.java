package io.darsena.bridge.image;

/// Identity of an image: the digest of its config (OCI image-spec, ImageID).
public record ImageId(Digest digest) {

    public static ImageId parse(String text) {
        return new ImageId(Digest.parse(text));
    }

    /// The first twelve hex digits, as lists show it.
    public String shortId() {
        return digest.hex().substring(0, 12);
    }

    @Override
    public String toString() {
        return digest.toString();
    }
}
