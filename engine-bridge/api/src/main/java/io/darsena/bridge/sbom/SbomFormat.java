package io.darsena.bridge.sbom;

/// The form of a software bill of materials.
public enum SbomFormat {
    /// SPDX 2.3 as JSON.
    SPDX("spdx", ".spdx.json"),
    /// CycloneDX 1.6 as JSON.
    CYCLONEDX("cyclonedx", ".cdx.json");

    private final String word;
    private final String suffix;

    SbomFormat(String word, String suffix) {
        this.word = word;
        this.suffix = suffix;
    }

    public String word() {
        return word;
    }

    /// How names of such files end.
    public String suffix() {
        return suffix;
    }

    /// The reverse of [#word].
    ///
    /// @throws IllegalArgumentException when it is none
    public static SbomFormat parse(String word) {
        for (SbomFormat format : values()) {
            if (format.word.equals(word)) {
                return format;
            }
        }
        throw new IllegalArgumentException("no format of a bill of materials: '" + word + "'; spdx and cyclonedx are");
    }
}
