package io.darsena.docker.wire;

import io.darsena.bridge.error.InvalidRequestException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// The `filters` parameter of lists and events: names, each with the values of which one must fit. Both
/// forms are read:
/// `{"status":["running"]}` and the older `{"status":{"running":true}}`.
///
/// @param values by filter name
public record Filters(Map<String, List<String>> values) {

    /// @param known the names that the route knows; another one is refused, as Docker does
    public static Filters parse(Optional<String> json, Set<String> known) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        if (json.isPresent()) {
            JsonNode root = read(json.get());
            root.properties().forEach(filter -> values.put(filter.getKey(), values(filter.getValue())));
        }
        for (String name : values.keySet()) {
            if (!known.contains(name)) {
                throw new InvalidRequestException(
                        "filter", "list", "invalid filter '" + name + "'", "use one of " + known);
            }
        }
        return new Filters(values);
    }

    private static JsonNode read(String json) {
        try {
            JsonNode root = Json.read(json);
            if (root.isObject()) {
                return root;
            }
        } catch (IllegalArgumentException malformed) {
            throw new InvalidRequestException("filter", "list", String.valueOf(malformed.getMessage()), "");
        }
        throw new InvalidRequestException("filter", "list", "filters is not a JSON object", "");
    }

    private static List<String> values(JsonNode node) {
        List<String> values = new ArrayList<>();
        if (node.isObject()) {
            node.properties().forEach(entry -> values.add(entry.getKey()));
        } else {
            node.forEach(entry -> values.add(entry.asString("")));
        }
        return values;
    }

    /// The values of a filter; empty when it is not set.
    public List<String> of(String name) {
        return values.getOrDefault(name, List.of());
    }

    /// Whether a filter is absent or one of its values equals.
    public boolean allows(String name, String actual) {
        return of(name).isEmpty() || of(name).contains(actual);
    }

    /// The `label` filter: each of `key` or `key=value` must be there.
    public boolean allowsLabels(Map<String, String> labels) {
        return of("label").stream().allMatch(wanted -> {
            int equals = wanted.indexOf('=');
            return equals < 0
                    ? labels.containsKey(wanted)
                    : wanted.substring(equals + 1).equals(labels.get(wanted.substring(0, equals)));
        });
    }
}
