package io.darsena.bridge.image;

/// Identity of an unpacked layer: the digest of its uncompressed tar (OCI image-spec, Layer DiffID).
public record DiffId(Digest digest) {

    public static DiffId parse(String text) {
        return new DiffId(Digest.parse(text));
    }

    @Override
    public String toString() {
        return digest.toString();
    }
}
