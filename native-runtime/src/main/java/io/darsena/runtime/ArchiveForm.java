package io.darsena.runtime;

/// What an archive makes of the marks by which an overlay's directory hides what lies below it.
public enum ArchiveForm {

    /// As a container sees the directory: marks are left out.
    PLAIN("plain"),

    /// As a layer of an image: a mark becomes an empty file whose name begins with `.wh.` (OCI image-spec, layer.md).
    LAYER("layer");

    private final String word;

    ArchiveForm(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }
}
