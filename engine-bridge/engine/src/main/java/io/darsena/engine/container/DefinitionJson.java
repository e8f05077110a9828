package io.darsena.engine.container;

import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.LogLimits;
import io.darsena.bridge.container.NetworkMode;
import io.darsena.bridge.container.ResourceLimits;
import io.darsena.bridge.container.Signal;
import io.darsena.bridge.image.ImageId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A container's definition as it stands in the database. What a newer Darsena adds is passed over, what an older one
/// did not know is absent.
final class DefinitionJson {

    private static final JsonMapper MAPPER = new JsonMapper();

    private DefinitionJson() {}

    static String write(ContainerDefinition definition) {
        ObjectNode root = MAPPER.createObjectNode();
        root.set("spec", spec(definition.spec()));
        root.put("hostname", definition.hostname());
        root.put("imageName", definition.imageName());
        root.set("arguments", array(definition.arguments()));
        root.set("environment", array(definition.environment()));
        root.put("workingDirectory", definition.workingDirectory());
        root.put("user", definition.user());
        root.put("stopSignal", definition.stopSignal().number());
        return root.toString();
    }

    private static ObjectNode spec(ContainerSpec spec) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("image", spec.image());
        spec.name().ifPresent(given -> node.put("name", given));
        spec.entrypoint().ifPresent(given -> node.set("entrypoint", array(given)));
        spec.command().ifPresent(given -> node.set("command", array(given)));
        node.set("environment", array(spec.environment()));
        spec.workingDirectory().ifPresent(given -> node.put("workingDirectory", given));
        spec.user().ifPresent(given -> node.put("user", given));
        spec.hostname().ifPresent(given -> node.put("hostname", given));
        ResourceLimits limits = spec.limits();
        limits.memory().ifPresent(given -> node.put("memory", given));
        limits.memoryAndSwap().ifPresent(given -> node.put("memoryAndSwap", given));
        limits.cpus().ifPresent(given -> node.put("cpus", given));
        limits.processes().ifPresent(given -> node.put("processes", given));
        node.put("readOnlyRoot", spec.readOnlyRoot());
        ObjectNode labels = node.putObject("labels");
        spec.labels().forEach(labels::put);
        node.put("autoRemove", spec.autoRemove());
        spec.stopSignal().ifPresent(given -> node.put("stopSignal", given));
        spec.stopTimeout().ifPresent(given -> node.put("stopTimeout", given.toMillis()));
        node.put("network", spec.network().word());
        spec.logLimits()
                .ifPresent(given -> node.putObject("logLimits")
                        .put("maxBytes", given.maxBytes())
                        .put("files", given.files()));
        return node;
    }

    private static ArrayNode array(List<String> texts) {
        ArrayNode array = MAPPER.createArrayNode();
        texts.forEach(array::add);
        return array;
    }

    static ContainerDefinition read(ContainerId id, ImageId image, Instant createdAt, String json) {
        JsonNode root = MAPPER.readTree(json);
        ContainerSpec spec = spec(root.path("spec"));
        return new ContainerDefinition(
                id,
                spec,
                image,
                root.path("imageName").asString(""),
                text(root, "hostname").or(spec::hostname).orElse(id.shortId()),
                texts(root.path("arguments")),
                texts(root.path("environment")),
                root.path("workingDirectory").asString("/"),
                root.path("user").asString(""),
                new Signal(root.path("stopSignal").asInt(Signal.TERM.number())),
                createdAt);
    }

    private static ContainerSpec spec(JsonNode node) {
        return new ContainerSpec(
                node.path("image").asString(),
                text(node, "name"),
                present(node, "entrypoint").map(DefinitionJson::texts),
                present(node, "command").map(DefinitionJson::texts),
                texts(node.path("environment")),
                text(node, "workingDirectory"),
                text(node, "user"),
                text(node, "hostname"),
                new ResourceLimits(
                        number(node, "memory"),
                        number(node, "memoryAndSwap"),
                        present(node, "cpus")
                                .map(given -> OptionalDouble.of(given.asDouble()))
                                .orElse(OptionalDouble.empty()),
                        number(node, "processes")),
                node.path("readOnlyRoot").asBoolean(false),
                labels(node.path("labels")),
                node.path("autoRemove").asBoolean(false),
                text(node, "stopSignal"),
                present(node, "stopTimeout").map(given -> Duration.ofMillis(given.asLong())),
                text(node, "network").flatMap(NetworkMode::of).orElse(NetworkMode.NONE),
                present(node, "logLimits")
                        .map(given -> new LogLimits(
                                given.path("maxBytes").asLong(),
                                given.path("files").asInt())));
    }

    private static Map<String, String> labels(JsonNode node) {
        Map<String, String> labels = new TreeMap<>();
        node.properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asString()));
        return labels;
    }

    private static Optional<JsonNode> present(JsonNode node, String field) {
        JsonNode found = node.path(field);
        return found.isMissingNode() || found.isNull() ? Optional.empty() : Optional.of(found);
    }

    private static Optional<String> text(JsonNode node, String field) {
        return present(node, field).map(JsonNode::asString);
    }

    private static OptionalLong number(JsonNode node, String field) {
        return present(node, field)
                .map(given -> OptionalLong.of(given.asLong()))
                .orElse(OptionalLong.empty());
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.asString()));
        return texts;
    }
}
