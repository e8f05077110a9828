package io.darsena.bridge.sbom;

import io.darsena.bridge.layer.FilePath;

/// One package that is there. Texts are as its record has them, cleared of control characters, and may be empty but
/// for the name.
///
/// @param group what comes before the name: a Maven group, an npm scope with its `@`; else empty
/// @param version with epoch and revision where the type has them
/// @param architecture as its type says it, `amd64` or `x86_64`
/// @param source the source package or source RPM that it was built from
/// @param licence as the record says it, which need not be an SPDX expression
/// @param purl its package URL
/// @param path of the file that names it; `inside` what of that file
/// @param inside the archive within an archive that it lies in, else empty
/// @param layer the layer that brought it, the lowest being 1; of a container's own files one more than its image has
public record FoundPackage(
        PackageType type,
        String group,
        String name,
        String version,
        String architecture,
        String source,
        String licence,
        String purl,
        FilePath path,
        String inside,
        int layer) {

    public FoundPackage {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a package has a name");
        }
    }

    /// Group and name as people of its type write them: `org.slf4j:slf4j-api`, `@types/node`, `libc6`.
    public String displayName() {
        if (group.isEmpty()) {
            return name;
        }
        return group + (type == PackageType.MAVEN ? ":" : "/") + name;
    }

    /// With a leading slash; of an archive within an archive both, joined by `!/`.
    public String place() {
        return "/" + path + (inside.isEmpty() ? "" : "!/" + inside);
    }
}
