package io.darsena.app.packages;

import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.sbom.FoundPackage;
import io.darsena.bridge.sbom.PackageListing;
import io.darsena.bridge.sbom.PackageListing.Remark;
import io.darsena.bridge.sbom.PackageType;
import java.util.List;

/// What might be found in an image.
public final class SomePackages {

    public static final PackageListing LISTING = new PackageListing(
            "Debian GNU/Linux 12 (bookworm)",
            List.of(
                    debian("bash", "5.2.15-2+b7", "GPL-3.0-or-later", 1),
                    debian("libc6", "2.36-9+deb12u10", "LGPL-2.1-or-later AND GPL-2.0-or-later AND BSD-3-Clause", 1),
                    debian("openssl", "3.0.15-1~deb12u1", "Apache-2.0", 2),
                    new FoundPackage(
                            PackageType.MAVEN,
                            "org.slf4j",
                            "slf4j-api",
                            "2.0.17",
                            "",
                            "",
                            "MIT",
                            "pkg:maven/org.slf4j/slf4j-api@2.0.17",
                            FilePath.of("srv/site.jar"),
                            "BOOT-INF/lib/slf4j-api-2.0.17.jar",
                            3),
                    new FoundPackage(
                            PackageType.NPM,
                            "@types",
                            "node",
                            "20.1.0",
                            "",
                            "",
                            "MIT",
                            "pkg:npm/%40types/node@20.1.0",
                            FilePath.of("srv/node_modules/@types/node/package.json"),
                            "",
                            3)),
            List.of(
                    new Remark(FilePath.of("var/lib/rpm/Packages"), "it is no hash database of Berkeley DB"),
                    new Remark(FilePath.of("srv/torn.jar"), "it is no Java archive: it has no directory"),
                    new Remark(FilePath.of("srv/node_modules/torn/package.json"), "it is not valid JSON")));

    private SomePackages() {}

    private static FoundPackage debian(String name, String version, String licence, int layer) {
        return new FoundPackage(
                PackageType.DEB,
                "",
                name,
                version,
                "amd64",
                name,
                licence,
                "pkg:deb/debian/" + name + "@" + version + "?arch=amd64&distro=debian-12",
                FilePath.of("var/lib/dpkg/status"),
                "",
                layer);
    }
}
