package io.darsena.engine.json;

import io.darsena.bridge.error.CorruptedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A JSON object somebody else wrote, read by name and type. An absent member and `null` are the same. What is not
/// as expected is a [CorruptedException] that names the document and the place in it.
public final class JsonObject {

    private static final int DEEPEST = 64;
    private static final int LONGEST_NUMBER = 64;
    private static final int LONGEST_NAME = 64 * 1024;

    /// Two members of one name would let two readers see two documents.
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNumberLength(LONGEST_NUMBER)
                            .maxNameLength(LONGEST_NAME)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final String document;
    private final String place;
    private final JsonNode node;

    private JsonObject(String document, String place, JsonNode node) {
        this.document = document;
        this.place = place;
        this.node = node;
    }

    /// @param document what error messages call it, as `manifest sha256:…`
    public static JsonObject parse(byte[] bytes, String document) {
        return new JsonObject(document, "", tree(bytes, document)).checked();
    }

    /// The elements of a document that is an array of objects.
    public static List<JsonObject> parseArray(byte[] bytes, String document) {
        JsonNode root = tree(bytes, document);
        if (!root.isArray()) {
            throw corrupted(document, "it is not a JSON array");
        }
        List<JsonObject> elements = new ArrayList<>();
        for (JsonNode element : root.values()) {
            elements.add(new JsonObject(document, "[" + elements.size() + "]", element).checked());
        }
        return elements;
    }

    private static JsonNode tree(byte[] bytes, String document) {
        try {
            return MAPPER.readTree(bytes);
        } catch (JacksonException e) {
            CorruptedException told = corrupted(document, "it is not valid JSON: " + e.getOriginalMessage());
            told.initCause(e);
            throw told;
        }
    }

    private JsonObject checked() {
        if (!node.isObject()) {
            throw wrong("it is not a JSON object");
        }
        return this;
    }

    private static CorruptedException corrupted(String document, String reason) {
        return new CorruptedException("read", document, reason, "");
    }

    /// A failure at this place, for what only the reader of the document can know to be wrong.
    public CorruptedException wrong(String reason) {
        return corrupted(document, place.isEmpty() ? reason : place + ": " + reason);
    }

    private CorruptedException wrongMember(String name, String expected) {
        return wrong("'" + name + "' is not " + expected);
    }

    private Optional<JsonNode> member(String name) {
        JsonNode member = node.path(name);
        return member.isMissingNode() || member.isNull() ? Optional.empty() : Optional.of(member);
    }

    public Optional<String> optionalText(String name) {
        return member(name).map(member -> text(member, name));
    }

    public String text(String name) {
        return optionalText(name).orElseThrow(() -> wrongMember(name, "given"));
    }

    public String textOrEmpty(String name) {
        return optionalText(name).orElse("");
    }

    private String text(JsonNode member, String name) {
        if (!member.isString()) {
            throw wrongMember(name, "a text");
        }
        return member.stringValue();
    }

    public OptionalLong optionalNumber(String name) {
        Optional<JsonNode> member = member(name);
        if (member.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!member.get().isIntegralNumber() || !member.get().canConvertToLong()) {
            throw wrongMember(name, "a whole number");
        }
        return OptionalLong.of(member.get().longValue());
    }

    public long number(String name) {
        return optionalNumber(name).orElseThrow(() -> wrongMember(name, "given"));
    }

    public boolean flag(String name) {
        return member(name)
                .map(member -> {
                    if (!member.isBoolean()) {
                        throw wrongMember(name, "true or false");
                    }
                    return member.booleanValue();
                })
                .orElse(false);
    }

    public Optional<JsonObject> optionalObject(String name) {
        return member(name).map(member -> new JsonObject(document, inner(name), member).checked());
    }

    public JsonObject object(String name) {
        return optionalObject(name).orElseThrow(() -> wrongMember(name, "given"));
    }

    private String inner(String name) {
        return place.isEmpty() ? name : place + "." + name;
    }

    /// Empty when it is absent.
    public List<JsonObject> objects(String name) {
        List<JsonObject> objects = new ArrayList<>();
        for (JsonNode element : elements(name)) {
            objects.add(new JsonObject(document, inner(name) + "[" + objects.size() + "]", element).checked());
        }
        return objects;
    }

    /// A list of lists; empty when it is absent.
    public List<List<JsonObject>> objectLists(String name) {
        List<List<JsonObject>> lists = new ArrayList<>();
        for (JsonNode element : elements(name)) {
            String each = name + "[" + lists.size() + "]";
            if (!element.isArray()) {
                throw wrongMember(each, "a list");
            }
            List<JsonObject> objects = new ArrayList<>();
            for (JsonNode object : element.values()) {
                objects.add(new JsonObject(document, inner(each) + "[" + objects.size() + "]", object).checked());
            }
            lists.add(objects);
        }
        return lists;
    }

    /// Empty when it is absent.
    public List<String> texts(String name) {
        return elements(name).stream().map(element -> text(element, name)).toList();
    }

    private List<JsonNode> elements(String name) {
        Optional<JsonNode> member = member(name);
        if (member.isPresent() && !member.get().isArray()) {
            throw wrongMember(name, "a list");
        }
        return member.map(array -> List.copyOf(array.values())).orElse(List.of());
    }

    /// An object whose members are all texts; empty when it is absent.
    public Map<String, String> textMap(String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        optionalObject(name)
                .ifPresent(object -> object.node
                        .properties()
                        .forEach(entry ->
                                texts.put(entry.getKey(), text(entry.getValue(), name + "." + entry.getKey()))));
        return texts;
    }

    /// The names of an object's members, sorted; empty when it is absent.
    public Set<String> names(String name) {
        return new TreeSet<>(
                optionalObject(name).map(object -> object.node.propertyNames()).orElse(List.of()));
    }

    public boolean has(String name) {
        return member(name).isPresent();
    }

    /// Reads a member with a parser that throws [IllegalArgumentException] for what it does not take.
    public <T> T value(String name, Function<String, T> parser) {
        return parsed(text(name), parser);
    }

    /// Applies a parser to a text of this object's, with errors that name this place.
    public <T> T parsed(String text, Function<String, T> parser) {
        return checked(() -> parser.apply(text));
    }

    /// Makes a value of this object, whose [IllegalArgumentException] becomes an error that names this place.
    public <T> T checked(Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            CorruptedException told = wrong(String.valueOf(e.getMessage()));
            told.initCause(e);
            throw told;
        }
    }

    /// The tree itself, to become part of a document of our own.
    public JsonNode node() {
        return node;
    }
}
