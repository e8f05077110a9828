package io.darsena.engine.sbom;

import io.darsena.bridge.sbom.PackageType;
import io.darsena.engine.sbom.Findings.Place;
import java.io.IOException;
import java.io.InputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads `package.json` (npm, package.json). Node itself takes the last of two members of one name, and so does this.
final class NodeModule {

    private static final int DEEPEST = 64;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .build();

    private NodeModule() {}

    /// One without a name or a version is no package, but says how files beside it are to be taken.
    static void read(InputStream in, Findings findings, Place place) throws IOException {
        JsonNode json = tree(in.readAllBytes());
        String whole = json.path("name").asString("");
        String version = json.path("version").asString("");
        int slash = whole.startsWith("@") ? whole.indexOf('/') : -1;
        String name = whole.substring(slash + 1);
        if (!name.isBlank() && !version.isBlank()) {
            String scope = slash < 0 ? "" : whole.substring(0, slash);
            findings.add(PackageType.NPM, scope, name, version, "", "", licence(json), place);
        }
    }

    private static JsonNode tree(byte[] bytes) {
        try {
            return MAPPER.readTree(bytes);
        } catch (JacksonException malformed) {
            throw new MalformedRecordException("it is not valid JSON: " + malformed.getOriginalMessage());
        }
    }

    /// A text today; once an object, or a list of them.
    private static String licence(JsonNode json) {
        JsonNode licence = json.path("license");
        if (licence.isMissingNode()) {
            licence = json.path("licenses");
        }
        if (licence.isArray()) {
            StringBuilder all = new StringBuilder();
            for (JsonNode each : licence.values()) {
                all.append(all.isEmpty() ? "" : " OR ").append(one(each));
            }
            return all.toString();
        }
        return one(licence);
    }

    private static String one(JsonNode licence) {
        return licence.isObject() ? licence.path("type").asString("") : licence.asString("");
    }
}
