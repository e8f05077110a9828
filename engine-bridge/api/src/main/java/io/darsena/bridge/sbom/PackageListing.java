package io.darsena.bridge.sbom;

import io.darsena.bridge.layer.FilePath;
import java.util.List;

/// What was found, and what could not be read.
///
/// @param system what the image calls itself (os-release, `PRETTY_NAME`); may be empty
/// @param packages by type, then by name
/// @param remarks of what packages may be missing; never of all: what one file says wrongly spoils no other
public record PackageListing(String system, List<FoundPackage> packages, List<Remark> remarks) {

    public static final PackageListing EMPTY = new PackageListing("", List.of(), List.of());

    public PackageListing {
        packages = List.copyOf(packages);
        remarks = List.copyOf(remarks);
    }

    /// @param path of the file
    /// @param reason why it was not read, or not whole
    public record Remark(FilePath path, String reason) {}

    /// How many of a type there are.
    public long count(PackageType type) {
        return packages.stream().filter(each -> each.type() == type).count();
    }
}
