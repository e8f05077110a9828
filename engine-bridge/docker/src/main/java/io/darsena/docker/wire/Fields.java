package io.darsena.docker.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// A JSON object of a request, read strictly: what is missing or null is absent, what is of another type is
/// refused by name with an [IllegalArgumentException].
///
/// @param name what the object is called in messages
record Fields(String name, JsonNode node) {

    static Fields of(String name, JsonNode node) {
        if (!isGiven(node)) {
            return new Fields(name, JsonNodeFactory.instance.objectNode());
        }
        if (!node.isObject()) {
            throw wrong(name, "a JSON object");
        }
        return new Fields(name, node);
    }

    private static boolean isGiven(JsonNode node) {
        return !node.isMissingNode() && !node.isNull();
    }

    private static IllegalArgumentException wrong(String name, String wanted) {
        return new IllegalArgumentException(name + " is not " + wanted);
    }

    JsonNode get(String field) {
        return node.path(field);
    }

    Fields object(String field) {
        return of(field, get(field));
    }

    /// Absent when it is the empty text too.
    Optional<String> text(String field) {
        return isGiven(get(field))
                ? Optional.of(text(field, get(field))).filter(value -> !value.isEmpty())
                : Optional.empty();
    }

    boolean flag(String field) {
        JsonNode value = get(field);
        if (isGiven(value) && !value.isBoolean()) {
            throw wrong(field, "true or false");
        }
        return value.isBoolean() && value.booleanValue();
    }

    OptionalLong number(String field) {
        JsonNode value = get(field);
        if (!isGiven(value)) {
            return OptionalLong.empty();
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw wrong(field, "a whole number of 64 bits");
        }
        return OptionalLong.of(value.longValue());
    }

    List<String> texts(String field) {
        JsonNode list = get(field);
        if (isGiven(list) && !list.isArray()) {
            throw wrong(field, "a list");
        }
        List<String> texts = new ArrayList<>();
        list.forEach(entry -> texts.add(text("an entry of " + field, entry)));
        return texts;
    }

    /// An absent list means: as the image says; a text is one word.
    Optional<List<String>> words(String field) {
        JsonNode value = get(field);
        if (!isGiven(value)) {
            return Optional.empty();
        }
        return Optional.of(value.isString() ? List.of(text(field, value)) : texts(field));
    }

    Map<String, String> map(String field) {
        Map<String, String> map = new LinkedHashMap<>();
        object(field)
                .node()
                .properties()
                .forEach(entry -> map.put(
                        text("a name in " + field, JsonNodeFactory.instance.stringNode(entry.getKey())),
                        text(field + " '" + entry.getKey() + "'", entry.getValue())));
        return map;
    }

    private static String text(String what, JsonNode value) {
        if (!value.isString()) {
            throw wrong(what, "a text");
        }
        if (value.stringValue().indexOf('\0') >= 0) {
            throw new IllegalArgumentException(what + " holds a NUL character");
        }
        return value.stringValue();
    }
}
