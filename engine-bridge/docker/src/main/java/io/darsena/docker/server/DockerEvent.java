package io.darsena.docker.server;

import io.darsena.bridge.image.ImageReference;
import io.darsena.docker.wire.Filters;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// An event in Docker's words.
///
/// @param type `container`, `image` or `daemon`
/// @param id of what it is about; of a pulled or pushed image its name
record DockerEvent(String type, String action, String id, Map<String, String> attributes, Instant at) {

    private static final String SCOPE = "local";

    /// Docker filters by these too; nothing happens to any here.
    private static final List<String> ABSENT =
            List.of("network", "volume", "plugin", "node", "service", "secret", "config");

    static final Set<String> FILTERS = Stream.concat(
                    Stream.of("type", "event", "container", "image", "label", "scope", "daemon"), ABSENT.stream())
            .collect(Collectors.toUnmodifiableSet());

    Map<String, Object> shape() {
        Map<String, Object> shape = new LinkedHashMap<>();
        // What clients of before 1.22 read.
        if (type.equals("container") || type.equals("image")) {
            shape.put("status", action);
            shape.put("id", id);
        }
        if (type.equals("container")) {
            shape.put("from", attributes.getOrDefault("image", ""));
        }
        shape.put("Type", type);
        shape.put("Action", action);
        shape.put("Actor", Map.of("ID", id, "Attributes", attributes));
        shape.put("scope", SCOPE);
        shape.put("time", at.getEpochSecond());
        shape.put("timeNano", at.getEpochSecond() * 1_000_000_000L + at.getNano());
        return shape;
    }

    boolean fits(Filters filters) {
        return filters.allows("type", type)
                && filters.allows("event", action)
                && filters.allowsLabels(attributes)
                && fitsContainer(filters.of("container"))
                && fitsImage(filters.of("image"))
                && filters.allows("scope", SCOPE)
                && fitsDaemon(filters.of("daemon"))
                && ABSENT.stream().allMatch(absent -> filters.of(absent).isEmpty());
    }

    private boolean fitsContainer(List<String> wanted) {
        String name = attributes.getOrDefault("name", "");
        return wanted.isEmpty() || wanted.stream().anyMatch(each -> each.equals(name) || id.startsWith(each));
    }

    private boolean fitsDaemon(List<String> wanted) {
        String name = attributes.getOrDefault("name", "");
        return wanted.isEmpty() || type.equals("daemon") && wanted.stream().anyMatch(name::startsWith);
    }

    /// By the name in full, or without its tag.
    private boolean fitsImage(List<String> wanted) {
        String name = attributes.getOrDefault("image", type.equals("image") ? attributes.getOrDefault("name", "") : "");
        return wanted.isEmpty()
                || wanted.contains(name)
                || wanted.contains(repository(name))
                || type.equals("image") && (wanted.contains(id) || wanted.contains(repository(id)));
    }

    private static String repository(String name) {
        try {
            return ImageReference.parse(name).familiarRepository();
        } catch (IllegalArgumentException noName) {
            return name;
        }
    }
}
