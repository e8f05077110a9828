package io.darsena.engine.sbom;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.sbom.FoundPackage;
import io.darsena.bridge.sbom.PackageListing;
import io.darsena.bridge.sbom.PackageListing.Remark;
import io.darsena.bridge.sbom.PackageType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageSearchTest {

    private static final String DEBIAN =
            "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nID=debian\nVERSION_ID=\"12\"\n";
    private static final String TABLE =
            "CREATE TABLE 'Packages' (hnum INTEGER PRIMARY KEY AUTOINCREMENT, blob BLOB NOT NULL)";

    @TempDir
    Path temporary;

    private PackageListing search(TreeInMemory tree) throws IOException {
        Path scratch = Files.createTempDirectory(temporary, "scratch");
        PackageListing found = new PackageSearch(tree.build(), scratch).run();
        try (Stream<Path> left = Files.list(scratch)) {
            assertThat(left.filter(Files::isRegularFile).filter(file -> file.endsWith("archive.jar")))
                    .isEmpty();
        }
        return found;
    }

    private static String line(FoundPackage found) {
        return "%s | %s | %s | %s | %s | %s | %d"
                .formatted(
                        found.purl(),
                        found.displayName(),
                        found.version(),
                        found.source(),
                        found.licence(),
                        found.place(),
                        found.layer());
    }

    private static List<String> lines(PackageListing listing) {
        return listing.packages().stream().map(PackageSearchTest::line).toList();
    }

    private static List<String> remarks(PackageListing listing) {
        return listing.remarks().stream()
                .map(remark -> remark.path() + ": " + remark.reason())
                .toList();
    }

    @Test
    void packagesOfDebianComeFromTheLayersThatUnpackedThem() throws IOException {
        PackageListing found = search(new TreeInMemory()
                .layer()
                .file("usr/lib/os-release", DEBIAN)
                .file("var/lib/dpkg/info/libc6:amd64.list", "/.\n")
                .file("var/lib/dpkg/status", "Package: libc6\nStatus: install ok installed\nVersion: 2\n")
                .file("usr/share/doc/libc6/copyright", """
                        Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/

                        Files: *
                        License: LGPL-2.1+
                         words

                        Files: debian/*
                        License: Expat
                        """)
                .layer()
                .file("usr/share/doc/curl/copyright", "This package was debianized by hand.\nLicense: of its own\n")
                .file("var/lib/dpkg/info/curl.list", "/.\n")
                .file("var/lib/dpkg/status", """
                        Package: libc6
                        Status: install ok installed
                        Architecture: amd64
                        Multi-Arch: same
                        Source: glibc (2.36-8)
                        Version: 2.36-9+deb12u10
                        Conffiles:
                         /etc/ld.so.conf.d/x86_64-linux-gnu.conf d4e7a7b88a71b5ffd9e2644e71a0cfab
                        Description: GNU C Library
                         Version: 9

                        Package: curl
                        Status: install ok half-configured
                        Architecture: amd64
                        Version: 1:7.88.1-10

                        Package: gone
                        Status: deinstall ok config-files
                        Architecture: amd64
                        Version: 1
                        """));
        assertThat(found.system()).isEqualTo("Debian GNU/Linux 12 (bookworm)");
        assertThat(lines(found))
                .containsExactly(
                        "pkg:deb/debian/curl@1%3A7.88.1-10?arch=amd64&distro=debian-12"
                                + " | curl | 1:7.88.1-10 | curl |  | /var/lib/dpkg/status | 2",
                        "pkg:deb/debian/libc6@2.36-9%2Bdeb12u10?arch=amd64&distro=debian-12"
                                + " | libc6 | 2.36-9+deb12u10 | glibc (2.36-8) | LGPL-2.1-or-later AND MIT"
                                + " | /var/lib/dpkg/status | 1");
        assertThat(found.remarks()).isEmpty();
    }

    @Test
    void anImageThatWasMadeWithoutDpkgHasAFileAPackage() throws IOException {
        PackageListing found = search(new TreeInMemory()
                .layer()
                .file("var/lib/dpkg/status.d/base-files", "Package: base-files\nVersion: 12.4\nArchitecture: amd64\n")
                .file("var/lib/dpkg/status.d/base-files.md5sums", "Package: none\n")
                .layer()
                .file("var/lib/dpkg/status.d/tzdata", "Package: tzdata\nVersion: 2024a\nArchitecture: all\n"));
        assertThat(lines(found))
                .containsExactly(
                        "pkg:deb/debian/base-files@12.4?arch=amd64 | base-files | 12.4 | base-files |"
                                + "  | /var/lib/dpkg/status.d/base-files | 1",
                        "pkg:deb/debian/tzdata@2024a?arch=all | tzdata | 2024a | tzdata |"
                                + "  | /var/lib/dpkg/status.d/tzdata | 2");
    }

    @Test
    void packagesOfAlpineAreInTheLayerOfTheirFirstFile() throws IOException {
        PackageListing found = search(new TreeInMemory()
                .layer()
                .file("etc/os-release", "ID=alpine\nVERSION_ID=3.20.1\n")
                .file("bin/busybox", "elf")
                .file("lib/apk/db/installed", "P:old\n")
                .layer()
                .file("usr/bin/jq", "elf")
                .file("lib/apk/db/installed", """
                        C:Q1checksum=
                        P:busybox
                        V:1.36.1-r29
                        A:x86_64
                        L:GPL-2.0-only
                        o:busybox
                        F:etc
                        R:securetty
                        F:bin
                        R:busybox
                        a:0:0:755

                        P:jq
                        V:1.7.1-r0
                        A:x86_64
                        L:MIT
                        F:usr/bin
                        R:../../etc/passwd
                        R:jq
                        """));
        assertThat(lines(found))
                .containsExactly(
                        "pkg:apk/alpine/busybox@1.36.1-r29?arch=x86_64&distro=alpine-3.20.1"
                                + " | busybox | 1.36.1-r29 | busybox | GPL-2.0-only | /lib/apk/db/installed | 1",
                        "pkg:apk/alpine/jq@1.7.1-r0?arch=x86_64&distro=alpine-3.20.1"
                                + " | jq | 1.7.1-r0 |  | MIT | /lib/apk/db/installed | 2");
    }

    @Test
    void packagesOfFedoraAreReadFromTheDatabaseAndFromWhatIsNotYetInIt() throws IOException, SQLException {
        byte[] key = RpmFile.header(Map.of(1000, "gpg-pubkey", 1001, "a15b79cc"));
        List<byte[]> database = RpmFile.database(temporary, TABLE, RpmFile.bash(), key, new byte[] {0, 0, 0, 9, 1});
        assertThat(database.get(1)).isNotEmpty();
        PackageListing found = search(new TreeInMemory()
                .layer()
                .file("etc/os-release", "ID=fedora\nVERSION_ID=40\n")
                .file("usr/bin/bash", "elf")
                .layer()
                .file("etc/bashrc", "mine")
                .file("usr/lib/sysimage/rpm/rpmdb.sqlite", database.get(0))
                .file("usr/lib/sysimage/rpm/rpmdb.sqlite-wal", database.get(1)));
        assertThat(lines(found))
                .containsExactly("pkg:rpm/fedora/bash@5.2.26-3.fc40?arch=x86_64&distro=fedora-40&epoch=1"
                        + " | bash | 1:5.2.26-3.fc40 | bash-5.2.26-3.fc40.src.rpm | GPL-3.0-or-later"
                        + " | /usr/lib/sysimage/rpm/rpmdb.sqlite | 1");
        assertThat(remarks(found)).containsExactly("usr/lib/sysimage/rpm/rpmdb.sqlite: 1 of its packages are broken");
    }

    @Test
    void packagesOfCentOsAndSuseAreReadFromTheirDatabases() throws IOException {
        PackageListing found = search(new TreeInMemory()
                .layer()
                .file("etc/os-release", "ID=centos\nVERSION_ID=7\n")
                .file("usr/bin/bash", "elf")
                .layer()
                .file("var/lib/rpm/Packages", BerkeleyFile.of(RpmFile.bash()))
                .file("usr/lib/sysimage/rpm/Packages.db", NdbFile.of(RpmFile.named("zypper", 0))));
        assertThat(lines(found))
                .containsExactly(
                        "pkg:rpm/centos/bash@5.2.26-3.fc40?arch=x86_64&distro=centos-7&epoch=1"
                                + " | bash | 1:5.2.26-3.fc40 | bash-5.2.26-3.fc40.src.rpm | GPL-3.0-or-later"
                                + " | /var/lib/rpm/Packages | 1",
                        "pkg:rpm/centos/zypper@1?arch=noarch&distro=centos-7"
                                + " | zypper | 1 |  |  | /usr/lib/sysimage/rpm/Packages.db | 2");
        assertThat(found.remarks()).isEmpty();
    }

    @Test
    void ofSeveralDatabasesInADirectoryTheNewestLayersIsRead() throws IOException, SQLException {
        byte[] sqlite = RpmFile.database(temporary, TABLE, RpmFile.named("by-sqlite", 0))
                .getFirst();
        byte[] log = RpmFile.database(temporary, TABLE, RpmFile.named("by-sqlite", 0))
                .get(1);
        byte[] ndb = NdbFile.of(RpmFile.named("by-ndb", 0));
        PackageListing converted = search(new TreeInMemory()
                .layer()
                .file("var/lib/rpm/Packages", BerkeleyFile.of(RpmFile.bash()))
                .file("var/lib/rpm/rpmdb.sqlite", sqlite)
                .file("var/lib/rpm/rpmdb.sqlite-wal", log)
                .layer()
                .file("var/lib/rpm/Packages.db", ndb));
        assertThat(converted.packages().stream().map(FoundPackage::name)).containsExactly("by-ndb");
        assertThat(remarks(converted))
                .containsExactly(
                        "var/lib/rpm/rpmdb.sqlite: it is not read: rpm uses Packages.db beside it",
                        "var/lib/rpm/Packages: it is not read: rpm uses Packages.db beside it");
        PackageListing atOnce = search(new TreeInMemory()
                .layer()
                .file("var/lib/rpm/Packages.db", ndb)
                .file("var/lib/rpm/rpmdb.sqlite", sqlite)
                .file("var/lib/rpm/rpmdb.sqlite-wal", log));
        assertThat(atOnce.packages().stream().map(FoundPackage::name)).containsExactly("by-sqlite");
        assertThat(remarks(atOnce))
                .containsExactly("var/lib/rpm/Packages.db: it is not read: rpm uses rpmdb.sqlite beside it");
    }

    @Test
    void databasesOfRpmThatAreNoneSpoilNothing() throws IOException, SQLException {
        byte[] view = RpmFile.database(temporary, "CREATE VIEW 'Packages' AS SELECT zeroblob(9) AS blob")
                .getFirst();
        PackageListing found = search(new TreeInMemory()
                .layer()
                .file("var/lib/rpm/rpmdb.sqlite", "no database at all")
                .file("usr/lib/sysimage/rpm/rpmdb.sqlite", view)
                .file("usr/share/rpm/Packages", "bdb"));
        assertThat(found.packages()).isEmpty();
        assertThat(remarks(found))
                .hasSize(3)
                .contains("usr/share/rpm/Packages: it ends too early")
                .contains("usr/lib/sysimage/rpm/rpmdb.sqlite: it has no table of packages");
        assertThat(remarks(found)).anySatisfy(remark -> assertThat(remark).contains("it cannot be read"));
    }

    @Test
    void databasesOfOtherPackageManagersAreSaidNotToBeRead() throws IOException {
        PackageListing found = search(new TreeInMemory()
                .layer()
                .file("var/lib/pacman/local/bash-5.2-1/desc", "%NAME%\nbash\n")
                .file("usr/lib/opkg/status", "Package: busybox\nVersion: 1\n"));
        assertThat(found.packages()).isEmpty();
        assertThat(remarks(found))
                .containsExactly(
                        "usr/lib/opkg/status: databases of opkg are not read, so its packages are missing",
                        "var/lib/pacman/local: databases of pacman are not read, so its packages are missing");
    }

    private static byte[] jar(Object... entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < entries.length; i += 2) {
                zip.putNextEntry(new ZipEntry((String) entries[i]));
                zip.write(
                        entries[i + 1] instanceof String text
                                ? text.getBytes(StandardCharsets.UTF_8)
                                : (byte[]) entries[i + 1]);
            }
        }
        return bytes.toByteArray();
    }

    private static Object[] pom(String group, String artifact, String version) {
        return new Object[] {
            "META-INF/maven/" + group + "/" + artifact + "/pom.properties",
            "groupId=" + group + "\nartifactId=" + artifact + "\nversion=" + version + "\n"
        };
    }

    @Test
    void javaArchivesAreNamedByMavenOrTheirManifestOrTheirFile() throws IOException {
        byte[] slf4j = jar(pom("org.slf4j", "slf4j-api", "2.0.17"));
        byte[] bundle = jar(
                "META-INF/MANIFEST.MF",
                "Manifest-Version: 1.0\r\nBundle-SymbolicName: org.acme.tool;singleton:=true\r\n"
                        + "Bundle-Version: 3.1.0\r\nBundle-License: Apache-2.0\r\n\r\n");
        byte[] deep = jar("lib/deeper.jar", jar(pom("a", "never-seen", "1")));
        byte[] broken = jar("x", "x".repeat(1000));
        // Where its end says that the directory begins.
        broken[broken.length - 3] ^= 0x55;
        PackageListing found = search(new TreeInMemory()
                .layer()
                .file(
                        "app/site.jar",
                        jar(
                                pom("com.acme", "site", "1.4")[0],
                                pom("com.acme", "site", "1.4")[1],
                                "BOOT-INF/lib/slf4j-api-2.0.17.jar",
                                slf4j,
                                "BOOT-INF/lib/deep.jar",
                                deep,
                                "BOOT-INF/lib/torn.jar",
                                "PK"))
                .file("opt/tool.jar", bundle)
                .file("opt/plain-lib-1.2.3.jar", jar("Main.class", "cafe"))
                .file("opt/broken.jar", broken)
                .file("opt/none.jar", "no archive"));
        assertThat(found.packages().stream().map(each -> each.purl() + " | " + each.licence() + " | " + each.place()))
                .containsExactlyInAnyOrder(
                        "pkg:maven/com.acme/site@1.4 |  | /app/site.jar",
                        "pkg:maven/org.slf4j/slf4j-api@2.0.17 |  | /app/site.jar!/BOOT-INF/lib/slf4j-api-2.0.17.jar",
                        "pkg:generic/deep |  | /app/site.jar!/BOOT-INF/lib/deep.jar",
                        "pkg:generic/org.acme.tool@3.1.0 | Apache-2.0 | /opt/tool.jar",
                        "pkg:generic/plain-lib@1.2.3 |  | /opt/plain-lib-1.2.3.jar");
        assertThat(found.remarks().stream().map(Remark::path).map(Object::toString))
                .containsExactlyInAnyOrder("app/site.jar", "opt/broken.jar", "opt/none.jar");
    }

    @Test
    void modulesOfNodeAndDistributionsOfPythonTellTheirLicences() throws IOException {
        String modules = "srv/node_modules/";
        PackageListing found = search(new TreeInMemory()
                .layer()
                .file("srv/package.json", "{\"name\":\"app\",\"version\":\"1\"}")
                .file(
                        modules + "left-pad/package.json",
                        "{\"name\":\"left-pad\",\"version\":\"1.3.0\",\"license\":\"WTFPL\"}")
                .file(modules + "left-pad/test/package.json", "{\"name\":\"fixture\",\"version\":\"1\"}")
                .file(
                        modules + "@types/node/package.json",
                        "{\"name\":\"@types/node\",\"version\":\"20.1.0\",\"licenses\":[{\"type\":\"MIT\"},{\"type\":\"BSD-2-Clause\"}]}")
                .file(modules + "typed/package.json", "{\"type\":\"module\"}")
                .file(modules + "torn/package.json", "{\"name\":")
                .file("usr/lib/python3/dist-packages/Flask_Login-0.6.dist-info/METADATA", """
                        Metadata-Version: 2.1
                        Name: Flask_Login
                        Version: 0.6
                        License: UNKNOWN
                        Classifier: Programming Language :: Python
                        Classifier: License :: OSI Approved :: MIT License

                        Name: not a header
                        """)
                .file("usr/lib/python3/dist-packages/six-1.16.egg-info", "Name: six\nVersion: 1.16\nLicense: MIT\n")
                .file("usr/lib/python3/dist-packages/nameless-1.dist-info/METADATA", "Version: 1\n"));
        assertThat(found.packages().stream()
                        .map(each -> each.purl() + " | " + each.displayName() + " | " + each.licence()))
                .containsExactly(
                        "pkg:npm/%40types/node@20.1.0 | @types/node | MIT OR BSD-2-Clause",
                        "pkg:npm/left-pad@1.3.0 | left-pad | WTFPL",
                        "pkg:pypi/flask-login@0.6 | Flask_Login | MIT License",
                        "pkg:pypi/six@1.16 | six | MIT");
        assertThat(found.count(PackageType.NPM)).isEqualTo(2);
        assertThat(found.remarks().stream().map(Remark::path).map(Object::toString))
                .containsExactlyInAnyOrder(
                        modules + "torn/package.json", "usr/lib/python3/dist-packages/nameless-1.dist-info/METADATA");
    }

    @Test
    void whatIsTooLargeIsNotReadAndSaidSo() throws IOException {
        String hostile = "x".repeat(100_000);
        PackageListing found = search(new TreeInMemory()
                .layer()
                .file("srv/node_modules/huge/package.json", new byte[0], 1L << 40)
                .file(
                        "var/lib/dpkg/status",
                        "Package: " + hostile + "\nVersion: 1\u202e2\n\nPackage: fine\nVersion: 1\n"));
        assertThat(found.packages()).hasSize(2);
        assertThat(found.packages().getLast().name()).hasSizeLessThan(2000);
        assertThat(found.packages().getLast().version()).isEqualTo("1 2");
        assertThat(remarks(found)).singleElement().asString().contains("1099511627776 bytes");
    }
}
