package io.darsena.engine.json;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ContainerNode;
import tools.jackson.databind.node.ObjectNode;

/// JSON of our own: the same tree gives the same bytes, members in the order in which they were put.
public final class JsonText {

    private static final JsonMapper COMPACT = JsonMapper.builder().build();
    private static final JsonMapper INDENTED =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private JsonText() {}

    public static ObjectNode object() {
        return COMPACT.createObjectNode();
    }

    public static ArrayNode array() {
        return COMPACT.createArrayNode();
    }

    public static byte[] bytes(ContainerNode<?> tree) {
        return COMPACT.writeValueAsBytes(tree);
    }

    /// What is already known to be an object, to be changed and written again: nothing of it is lost.
    public static ObjectNode object(byte[] bytes) {
        return (ObjectNode) COMPACT.readTree(bytes);
    }

    /// A document too large to be a tree first, for people.
    public static byte[] indented(Consumer<JsonGenerator> document) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = INDENTED.createGenerator(bytes)) {
            document.accept(json);
        }
        return bytes.toByteArray();
    }

    /// Writes a member, unless there is nothing to say.
    public static void unlessEmpty(JsonGenerator json, String name, String value) {
        if (!value.isEmpty()) {
            json.writeStringProperty(name, value);
        }
    }

    /// For people.
    public static String indented(ObjectNode tree) {
        return INDENTED.writeValueAsString(tree);
    }
}
