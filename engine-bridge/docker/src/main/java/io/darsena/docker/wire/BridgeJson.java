package io.darsena.docker.wire;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerState;
import io.darsena.bridge.event.EngineEvent;
import io.darsena.bridge.image.DiffId;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.NodeSet;
import io.darsena.bridge.registry.RegistryCredential;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.bridge.registry.Secret;
import io.darsena.bridge.sync.Standing;
import io.darsena.bridge.trust.Signatures;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/// The values of `io.darsena.bridge` as JSON, for Darsena's own part of the API. Records are written by their
/// parts' names, identities as their text, states and events with `"@type"`: what is added to a value travels
/// by itself. A part that one side does not know is passed over.
public final class BridgeJson {

    /// The version of this part of the API, in its path. A change that a reader of before cannot follow raises
    /// it.
    public static final int VERSION = 1;

    private static final JsonMapper MAPPER = mapper(secret -> {
        throw new IllegalStateException("a secret is told by no value but a request that needs it");
    });

    private static final JsonMapper CONFIDENTIAL = mapper(Secret::reveal);

    private BridgeJson() {}

    /// One of several records, by its simple name.
    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "@type")
    private interface Typed {}

    /// @param revealed what is written of a secret
    private static JsonMapper mapper(Function<Secret, String> revealed) {
        SimpleModule module = identities();
        text(module, Secret.class, Secret::orEmpty, revealed);
        return JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .addMixIn(ContainerState.class, Typed.class)
                .addMixIn(EngineEvent.class, Typed.class)
                .addMixIn(RegistryCredential.class, Typed.class)
                .addMixIn(Standing.class, Typed.class)
                .addMixIn(Signatures.class, Typed.class)
                .addModule(module)
                .build();
    }

    private static SimpleModule identities() {
        SimpleModule module = new SimpleModule("identities");
        text(module, ContainerId.class, ContainerId::parse);
        text(module, ImageId.class, ImageId::parse);
        text(module, DiffId.class, DiffId::parse);
        text(module, Digest.class, Digest::parse);
        text(module, ImageReference.class, ImageReference::parse);
        text(module, RegistryHost.class, RegistryHost::new);
        text(module, Path.class, Path::of);
        text(module, FilePath.class, PathText::decoded, PathText::encoded);
        text(
                module,
                NodeSet.class,
                text -> NodeSet.ofBytes(Base64.getDecoder().decode(text)),
                nodes -> Base64.getEncoder().encodeToString(nodes.bytes()));
        return module;
    }

    private static <T> void text(SimpleModule module, Class<T> type, Function<String, T> parse) {
        text(module, type, parse, Object::toString);
    }

    private static <T> void text(
            SimpleModule module, Class<T> type, Function<String, T> parse, Function<T, String> text) {
        module.addSerializer(type, new ValueSerializer<T>() {
            @Override
            public void serialize(T value, JsonGenerator generator, SerializationContext context) {
                generator.writeString(text.apply(value));
            }
        });
        module.addDeserializer(type, new ValueDeserializer<T>() {
            @Override
            public T deserialize(JsonParser parser, DeserializationContext context) {
                return parse.apply(parser.getString());
            }
        });
    }

    public static byte[] write(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    /// A value as declared: the sealed type's name is written only when the type says so.
    public static byte[] line(Class<?> declared, Object value) {
        return lineOf(MAPPER.writerFor(declared).writeValueAsBytes(value));
    }

    /// A list of values as declared.
    public static byte[] lines(Class<?> element, List<?> values) {
        JavaType list = MAPPER.getTypeFactory().constructCollectionType(List.class, element);
        return lineOf(MAPPER.writerFor(list).writeValueAsBytes(values));
    }

    private static byte[] lineOf(byte[] json) {
        byte[] line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        return line;
    }

    /// Reads what a client sent, bounded as [Json] bounds it.
    ///
    /// @throws IllegalArgumentException when it is no such value
    public static <T> T request(Class<T> type, InputStream in) {
        try {
            return MAPPER.treeToValue(Json.read(in), type);
        } catch (JacksonException malformed) {
            throw malformed(malformed);
        }
    }

    /// A request with the secrets it holds, for the body that goes to the engine and nothing else.
    public static byte[] confidential(RegistryRequest request) {
        return CONFIDENTIAL.writeValueAsBytes(request);
    }

    /// Reads what [#confidential(RegistryRequest)] wrote.
    ///
    /// @throws IllegalArgumentException when it is no such request; it does not say what it was
    public static <T extends RegistryRequest> T confidential(Class<T> type, InputStream in) {
        try {
            return CONFIDENTIAL.treeToValue(Json.read(in), type);
        } catch (JacksonException | IllegalArgumentException malformed) {
            throw new IllegalArgumentException("not a request to a registry of Darsena's");
        }
    }

    /// @throws IllegalArgumentException when it is no such value
    public static <T> T read(Class<T> type, String text) {
        try {
            return MAPPER.readValue(text, type);
        } catch (JacksonException malformed) {
            throw malformed(malformed);
        }
    }

    /// A part of a larger value.
    public static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    /// @throws IllegalArgumentException when it is no such value
    public static <T> T read(Class<T> type, JsonNode part) {
        try {
            return MAPPER.treeToValue(part, type);
        } catch (JacksonException malformed) {
            throw malformed(malformed);
        }
    }

    /// @throws IllegalArgumentException when it is no list of such values
    public static <T> List<T> readList(Class<T> element, String text) {
        try {
            return MAPPER.readValue(text, MAPPER.getTypeFactory().constructCollectionType(List.class, element));
        } catch (JacksonException malformed) {
            throw malformed(malformed);
        }
    }

    private static IllegalArgumentException malformed(JacksonException cause) {
        return new IllegalArgumentException("not a value of Darsena's: " + cause.getOriginalMessage(), cause);
    }
}
