package io.darsena.docker.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Platforms as a request's query names them: since API 1.46 each a JSON object of the OCI image index, before
/// that a word; or several in one JSON list.
public final class AskedPlatforms {

    private static final Set<String> FIELDS = Set.of("os", "architecture", "variant");

    private AskedPlatforms() {}

    /// Each as `os/architecture[/variant]`.
    ///
    /// @throws IllegalArgumentException when one is no platform, or tells more than these three
    public static List<String> parse(List<String> values) {
        List<String> platforms = new ArrayList<>();
        for (String value : values) {
            String text = value.strip();
            if (text.startsWith("{") || text.startsWith("[")) {
                JsonNode json = Json.read(text);
                (json.isArray() ? json.valueStream().toList() : List.of(json))
                        .forEach(each -> platforms.add(platform(each)));
            } else {
                platforms.add(PlatformWord.parse(text));
            }
        }
        return platforms;
    }

    private static String platform(JsonNode json) {
        if (!json.isObject()) {
            throw new IllegalArgumentException("a platform is not a JSON object");
        }
        Fields fields = Fields.of("a platform", json);
        json.propertyNames().stream()
                .filter(name -> !FIELDS.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException("a platform is asked for by its '" + name
                            + "': not supported by this version of Darsena; give os, architecture and variant");
                });
        return PlatformWord.parse(required(fields, "os") + "/" + required(fields, "architecture")
                + fields.text("variant").map(variant -> "/" + variant).orElse(""));
    }

    private static String required(Fields fields, String name) {
        Optional<String> text = fields.text(name);
        return text.orElseThrow(() -> new IllegalArgumentException("a platform has no '" + name + "'"));
    }
}
