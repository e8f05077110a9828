package io.darsena.docker.server;

import io.darsena.docker.wire.Filters;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An event in Docker's words.
///
/// @param type `container`, `image` or `daemon`
/// @param id of what it is about; of a pulled or pushed image its name
record DockerEvent(String type, String action, String id, Map<String, String> attributes, Instant at) {

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
        shape.put("scope", "local");
        shape.put("time", at.getEpochSecond());
        shape.put("timeNano", at.getEpochSecond() * 1_000_000_000L + at.getNano());
        return shape;
    }

    boolean fits(Filters filters) {
        return filters.allows("type", type)
                && filters.allows("event", action)
                && filters.allowsLabels(attributes)
                && fitsContainer(filters.of("container"))
                && fitsImage(filters.of("image"));
    }

    private boolean fitsContainer(List<String> wanted) {
        String name = attributes.getOrDefault("name", "");
        return wanted.isEmpty() || wanted.stream().anyMatch(each -> each.equals(name) || id.startsWith(each));
    }

    private boolean fitsImage(List<String> wanted) {
        String name = attributes.getOrDefault("image", attributes.getOrDefault("name", ""));
        return wanted.isEmpty()
                || wanted.stream().anyMatch(each -> each.equals(name) || type.equals("image") && each.equals(id));
    }
}
