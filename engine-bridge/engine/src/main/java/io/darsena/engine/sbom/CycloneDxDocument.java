package io.darsena.engine.sbom;

import io.darsena.bridge.sbom.FoundPackage;
import io.darsena.bridge.sbom.PackageListing;
import io.darsena.engine.json.JsonText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.core.JsonGenerator;

/// A bill of materials in CycloneDX 1.6's JSON (ECMA-424).
final class CycloneDxDocument {

    private static final String SUBJECT = "subject";
    private static final String PACKAGE = "package-";

    private final SbomSubject subject;
    private final PackageListing listing;
    private final String version;

    /// @param version of Darsena
    CycloneDxDocument(SbomSubject subject, PackageListing listing, String version) {
        this.subject = subject;
        this.listing = listing;
        this.version = version;
    }

    byte[] bytes(Instant now) {
        return JsonText.indented(json -> write(json, now));
    }

    private void write(JsonGenerator json, Instant now) {
        json.writeStartObject();
        json.writeStringProperty("$schema", "http://cyclonedx.org/schema/bom-1.6.schema.json");
        json.writeStringProperty("bomFormat", "CycloneDX");
        json.writeStringProperty("specVersion", "1.6");
        json.writeStringProperty("serialNumber", "urn:uuid:" + UUID.randomUUID());
        json.writeNumberProperty("version", 1);
        writeMetadata(json, now);
        json.writeArrayPropertyStart("components");
        for (int i = 0; i < listing.packages().size(); i++) {
            write(json, PACKAGE + (i + 1), listing.packages().get(i));
        }
        json.writeEndArray();
        writeCompleteness(json);
        json.writeEndObject();
    }

    private void writeMetadata(JsonGenerator json, Instant now) {
        json.writeObjectPropertyStart("metadata");
        json.writeStringProperty(
                "timestamp", now.truncatedTo(ChronoUnit.SECONDS).toString());
        json.writeObjectPropertyStart("tools");
        json.writeArrayPropertyStart("components");
        json.writeStartObject();
        json.writeStringProperty("type", "application");
        json.writeStringProperty("name", "Darsena");
        json.writeStringProperty("version", version);
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
        json.writeObjectPropertyStart("component");
        json.writeStringProperty("type", "container");
        json.writeStringProperty("bom-ref", SUBJECT);
        json.writeStringProperty("name", subject.name());
        json.writeStringProperty("version", subject.digest());
        subject.purl().filter(purl -> !purl.isEmpty()).ifPresent(purl -> json.writeStringProperty("purl", purl));
        json.writeEndObject();
        writeProperties(json);
        json.writeEndObject();
    }

    /// What the system calls itself, and what was not read.
    private void writeProperties(JsonGenerator json) {
        if (listing.system().isEmpty() && listing.remarks().isEmpty()) {
            return;
        }
        json.writeArrayPropertyStart("properties");
        if (!listing.system().isEmpty()) {
            property(json, "darsena:system", listing.system());
        }
        listing.remarks()
                .forEach(remark -> property(json, "darsena:notRead", "/" + remark.path() + ": " + remark.reason()));
        json.writeEndArray();
    }

    private static void property(JsonGenerator json, String name, String value) {
        json.writeStartObject();
        json.writeStringProperty("name", name);
        json.writeStringProperty("value", value);
        json.writeEndObject();
    }

    private void write(JsonGenerator json, String reference, FoundPackage found) {
        json.writeStartObject();
        json.writeStringProperty("type", "library");
        json.writeStringProperty("bom-ref", reference);
        JsonText.unlessEmpty(json, "group", found.group());
        json.writeStringProperty("name", found.name());
        JsonText.unlessEmpty(json, "version", found.version());
        writeLicence(json, found.licence());
        JsonText.unlessEmpty(json, "purl", found.purl());
        json.writeArrayPropertyStart("properties");
        property(json, "darsena:path", found.place());
        subject.diffId(found.layer()).ifPresent(id -> property(json, "darsena:layer:diffId", id.toString()));
        property(json, "darsena:layer:number", Integer.toString(found.layer()));
        if (!found.source().isEmpty()) {
            property(json, "darsena:source", found.source());
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeLicence(JsonGenerator json, String words) {
        if (words.isEmpty()) {
            return;
        }
        Optional<String> expression = LicenceExpression.of(words);
        Optional<String> identifier = expression.flatMap(LicenceExpression::identifier);
        json.writeArrayPropertyStart("licenses");
        json.writeStartObject();
        if (expression.isPresent() && identifier.isEmpty()) {
            json.writeStringProperty("expression", expression.get());
        } else {
            json.writeObjectPropertyStart("license");
            json.writeStringProperty(identifier.isPresent() ? "id" : "name", identifier.orElse(words));
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeEndArray();
    }

    /// Whether all that is there is in it: what was not read makes it incomplete, and otherwise nobody knows.
    private void writeCompleteness(JsonGenerator json) {
        json.writeArrayPropertyStart("compositions");
        json.writeStartObject();
        json.writeStringProperty("aggregate", listing.remarks().isEmpty() ? "unknown" : "incomplete");
        json.writeArrayPropertyStart("assemblies");
        json.writeString(SUBJECT);
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
    }
}
