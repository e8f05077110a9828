package io.darsena.engine.sbom;

import io.darsena.bridge.sbom.FoundPackage;
import io.darsena.bridge.sbom.PackageListing;
import io.darsena.engine.json.JsonText;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import tools.jackson.core.JsonGenerator;

/// A bill of materials in SPDX 2.3's JSON.
final class SpdxDocument {

    private static final String DOCUMENT = "SPDXRef-DOCUMENT";
    private static final String SUBJECT = "SPDXRef-Subject";
    private static final String PACKAGE = "SPDXRef-Package-";
    private static final String LICENCE = "LicenseRef-";
    private static final String UNKNOWN = "NOASSERTION";

    private final SbomSubject subject;
    private final PackageListing listing;
    private final String version;

    /// Licences that are not on SPDX's list: their words, and what they are called in the document.
    private final Map<String, String> otherLicences = new LinkedHashMap<>();

    /// @param version of Darsena
    SpdxDocument(SbomSubject subject, PackageListing listing, String version) {
        this.subject = subject;
        this.listing = listing;
        this.version = version;
    }

    byte[] bytes(Instant now) {
        return JsonText.indented(json -> write(json, now));
    }

    private void write(JsonGenerator json, Instant now) {
        json.writeStartObject();
        json.writeStringProperty("spdxVersion", "SPDX-2.3");
        json.writeStringProperty("dataLicense", "CC0-1.0");
        json.writeStringProperty("SPDXID", DOCUMENT);
        json.writeStringProperty("name", subject.name());
        json.writeStringProperty(
                "documentNamespace",
                "https://spdx.org/spdxdocs/darsena-" + URLEncoder.encode(subject.name(), StandardCharsets.UTF_8) + "-"
                        + UUID.randomUUID());
        json.writeObjectPropertyStart("creationInfo");
        json.writeStringProperty("created", now.truncatedTo(ChronoUnit.SECONDS).toString());
        json.writeArrayPropertyStart("creators");
        json.writeString("Tool: Darsena-" + version);
        json.writeEndArray();
        JsonText.unlessEmpty(json, "comment", remarks());
        json.writeEndObject();
        json.writeArrayPropertyStart("documentDescribes");
        json.writeString(SUBJECT);
        json.writeEndArray();
        json.writeArrayPropertyStart("packages");
        writeSubject(json);
        for (int i = 0; i < listing.packages().size(); i++) {
            write(json, PACKAGE + (i + 1), listing.packages().get(i));
        }
        json.writeEndArray();
        writeOtherLicences(json);
        json.writeArrayPropertyStart("relationships");
        relate(json, DOCUMENT, "DESCRIBES", SUBJECT);
        for (int i = 0; i < listing.packages().size(); i++) {
            relate(json, SUBJECT, "CONTAINS", PACKAGE + (i + 1));
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /// Whoever reads it should know what may be missing.
    private String remarks() {
        StringBuilder text = new StringBuilder();
        for (PackageListing.Remark remark : listing.remarks()) {
            text.append(text.isEmpty() ? "Not read: " : "; ")
                    .append('/')
                    .append(remark.path())
                    .append(": ")
                    .append(remark.reason());
        }
        return text.toString();
    }

    private void writeSubject(JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("SPDXID", SUBJECT);
        json.writeStringProperty("name", subject.name());
        json.writeStringProperty("versionInfo", subject.digest());
        json.writeStringProperty("primaryPackagePurpose", "CONTAINER");
        JsonText.unlessEmpty(json, "comment", listing.system());
        assertNothing(json);
        json.writeStringProperty("licenseDeclared", UNKNOWN);
        subject.purl().filter(purl -> !purl.isEmpty()).ifPresent(purl -> reference(json, purl));
        json.writeEndObject();
    }

    private static void assertNothing(JsonGenerator json) {
        json.writeStringProperty("downloadLocation", UNKNOWN);
        json.writeBooleanProperty("filesAnalyzed", false);
        json.writeStringProperty("licenseConcluded", UNKNOWN);
        json.writeStringProperty("copyrightText", UNKNOWN);
    }

    private void write(JsonGenerator json, String id, FoundPackage found) {
        json.writeStartObject();
        json.writeStringProperty("SPDXID", id);
        json.writeStringProperty("name", found.displayName());
        JsonText.unlessEmpty(json, "versionInfo", found.version());
        assertNothing(json);
        json.writeStringProperty("licenseDeclared", licence(found.licence()));
        String layer = subject.diffId(found.layer())
                .map(diffId -> "layer " + found.layer() + " (" + diffId + ")")
                .orElse("the container's own files");
        String built = found.source().isEmpty() ? "" : "; built from " + found.source();
        json.writeStringProperty("sourceInfo", "named by " + found.place() + ", brought by " + layer + built);
        if (!found.purl().isEmpty()) {
            reference(json, found.purl());
        }
        json.writeEndObject();
    }

    private static void reference(JsonGenerator json, String purl) {
        json.writeArrayPropertyStart("externalRefs");
        json.writeStartObject();
        json.writeStringProperty("referenceCategory", "PACKAGE-MANAGER");
        json.writeStringProperty("referenceType", "purl");
        json.writeStringProperty("referenceLocator", purl);
        json.writeEndObject();
        json.writeEndArray();
    }

    private String licence(String words) {
        if (words.isEmpty()) {
            return UNKNOWN;
        }
        return LicenceExpression.of(words)
                .orElseGet(() -> otherLicences.computeIfAbsent(words, none -> LICENCE + (otherLicences.size() + 1)));
    }

    private void writeOtherLicences(JsonGenerator json) {
        if (otherLicences.isEmpty()) {
            return;
        }
        json.writeArrayPropertyStart("hasExtractedLicensingInfos");
        otherLicences.forEach((words, id) -> {
            json.writeStartObject();
            json.writeStringProperty("licenseId", id);
            json.writeStringProperty("name", words);
            json.writeStringProperty("extractedText", "As the packages' records say: " + words);
            json.writeEndObject();
        });
        json.writeEndArray();
    }

    private static void relate(JsonGenerator json, String from, String how, String to) {
        json.writeStartObject();
        json.writeStringProperty("spdxElementId", from);
        json.writeStringProperty("relationshipType", how);
        json.writeStringProperty("relatedSpdxElement", to);
        json.writeEndObject();
    }
}
