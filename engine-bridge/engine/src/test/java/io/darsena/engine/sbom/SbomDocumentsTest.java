package io.darsena.engine.sbom;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.image.DiffId;
import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.sbom.FoundPackage;
import io.darsena.bridge.sbom.PackageListing;
import io.darsena.bridge.sbom.PackageListing.Remark;
import io.darsena.bridge.sbom.PackageType;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.cyclonedx.Version;
import org.cyclonedx.model.Bom;
import org.cyclonedx.model.Component;
import org.cyclonedx.parsers.JsonParser;
import org.junit.jupiter.api.Test;
import org.spdx.jacksonstore.MultiFormatStore;
import org.spdx.library.SpdxModelFactory;
import org.spdx.library.model.v2.SpdxElement;
import org.spdx.library.model.v2.SpdxPackage;
import org.spdx.storage.simple.InMemSpdxStore;

/// The documents are read by the libraries of those who made the formats, and held against the schemas that come with
/// them.
class SbomDocumentsTest {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.89Z");

    private static final SbomSubject SUBJECT = new SbomSubject(
            "acme/site:1.4",
            "sha256:" + "a".repeat(64),
            Optional.of("pkg:oci/site@sha256%3A" + "a".repeat(64) + "?repository_url=example.com%2Facme%2Fsite"),
            List.of(DiffId.parse("sha256:" + "b".repeat(64))));

    private static FoundPackage found(String name, String licence, int layer) {
        return new FoundPackage(
                PackageType.DEB,
                "",
                name,
                "1:2.0",
                "amd64",
                "source",
                licence,
                "pkg:deb/debian/" + name + "@1%3A2.0",
                FilePath.of("var/lib/dpkg/status"),
                "",
                layer);
    }

    private static final PackageListing LISTING = new PackageListing(
            "Debian GNU/Linux 12 (bookworm)",
            List.of(
                    found("plain", "mit", 1),
                    found("choice", "gpl-2.0-or-later with classpath-exception-2.0 or (MIT AND Zlib)", 1),
                    found("free-text", "as the sea is", 1),
                    found("silent", "", 2),
                    found("again", "as the sea is", 1)),
            List.of(new Remark(FilePath.of("var/lib/rpm/Packages"), "Berkeley DB is not read")));

    @Test
    void cycloneDxAgreesWithItsSchema() throws Exception {
        for (PackageListing listing : List.of(LISTING, PackageListing.EMPTY)) {
            byte[] document = new CycloneDxDocument(SUBJECT, listing, "1.0").bytes(NOW);
            assertThat(new JsonParser().validate(document, Version.VERSION_16)).isEmpty();
        }
        Bom bom = new JsonParser().parse(new CycloneDxDocument(SUBJECT, LISTING, "1.0").bytes(NOW));
        assertThat(bom.getMetadata().getComponent().getName()).isEqualTo("acme/site:1.4");
        assertThat(bom.getComponents())
                .extracting(Component::getName)
                .containsExactly("plain", "choice", "free-text", "silent", "again");
        assertThat(bom.getComponents()
                        .getFirst()
                        .getLicenses()
                        .getLicenses()
                        .getFirst()
                        .getId())
                .isEqualTo("MIT");
        assertThat(bom.getComponents().get(1).getLicenses().getExpression().getValue())
                .isEqualTo("GPL-2.0-or-later WITH Classpath-exception-2.0 OR (MIT AND Zlib)");
        assertThat(bom.getComponents()
                        .get(2)
                        .getLicenses()
                        .getLicenses()
                        .getFirst()
                        .getName())
                .isEqualTo("as the sea is");
    }

    @Test
    void spdxIsReadAndFoundValidByItsOwnLibrary() throws Exception {
        System.setProperty("org.spdx.useJARLicenseInfoOnly", "true");
        SpdxModelFactory.init();
        for (PackageListing listing : List.of(LISTING, PackageListing.EMPTY)) {
            byte[] bytes = spdx(listing);
            try (MultiFormatStore store =
                    new MultiFormatStore(new InMemSpdxStore(), MultiFormatStore.Format.JSON_PRETTY)) {
                org.spdx.library.model.v2.SpdxDocument document =
                        store.deSerialize(new ByteArrayInputStream(bytes), false);
                assertThat(document.verify()).isEmpty();
                SpdxElement subject = document.getDocumentDescribes().iterator().next();
                assertThat(subject.getName().orElseThrow()).isEqualTo("acme/site:1.4");
                assertThat(subject.getRelationships())
                        .hasSize(listing.packages().size());
                assertThat(((SpdxPackage) subject).getVersionInfo().orElseThrow())
                        .startsWith("sha256:");
            }
        }
    }

    private static byte[] spdx(PackageListing listing) {
        return new SpdxDocument(SUBJECT, listing, "1.0").bytes(NOW);
    }

    @Test
    void spdxSaysWhatIsNotOnItsList() {
        String text = new String(spdx(LISTING), StandardCharsets.UTF_8);
        assertThat(text)
                .contains("\"created\" : \"2026-03-04T05:06:07Z\"", "\"licenseDeclared\" : \"MIT\"")
                .contains("\"licenseDeclared\" : \"LicenseRef-1\"", "as the sea is", "Berkeley DB is not read")
                .contains("named by /var/lib/dpkg/status, brought by layer 1 (sha256:bbb", "the container's own files")
                .doesNotContain("LicenseRef-2");
    }

    @Test
    void onlyWhatSpdxListsIsAnExpression() {
        assertThat(LicenceExpression.of("Apache-2.0")).contains("Apache-2.0");
        assertThat(LicenceExpression.of("apache-2.0 AND (MIT or isc)")).contains("Apache-2.0 AND (MIT OR ISC)");
        assertThat(LicenceExpression.of("LGPL-2.1+")).contains("LGPL-2.1+");
        for (String none : List.of(
                "",
                "MIT MIT",
                "MIT OR",
                "(MIT",
                "MIT)",
                "GPL",
                "AND",
                "MIT WITH MIT",
                "(".repeat(50) + "MIT" + ")".repeat(50))) {
            assertThat(LicenceExpression.of(none)).as(none).isEmpty();
        }
    }
}
