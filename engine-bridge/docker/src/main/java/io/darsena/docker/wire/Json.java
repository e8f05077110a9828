package io.darsena.docker.wire;

import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The one JSON mapper of the API, bounded in depth and size.
public final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(64)
                            .maxDocumentLength(4L << 20)
                            .build())
                    .build())
            .build();

    private Json() {}

    /// @throws IllegalArgumentException when it is not JSON within the bounds
    public static JsonNode read(InputStream in) {
        try {
            return MAPPER.readTree(in);
        } catch (JacksonException malformed) {
            throw new IllegalArgumentException(
                    "the body is not valid JSON: " + malformed.getOriginalMessage(), malformed);
        }
    }

    /// @throws IllegalArgumentException when it is not JSON within the bounds
    public static JsonNode read(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException malformed) {
            throw new IllegalArgumentException("not valid JSON: " + malformed.getOriginalMessage(), malformed);
        }
    }

    public static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    public static byte[] write(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    /// One line of a stream of JSON documents.
    public static byte[] line(Map<String, ?> value) {
        byte[] json = write(value);
        byte[] line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        return line;
    }
}
