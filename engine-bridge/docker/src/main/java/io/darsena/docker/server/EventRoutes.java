package io.darsena.docker.server;

import io.darsena.bridge.Engine;
import io.darsena.bridge.Subscription;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerState.Exited;
import io.darsena.bridge.event.EngineEvent;
import io.darsena.bridge.event.EngineEvent.ContainerAction;
import io.darsena.bridge.event.EngineEvent.ContainerChanged;
import io.darsena.bridge.event.EngineEvent.ContainerRemoved;
import io.darsena.bridge.event.EngineEvent.ImageChanged;
import io.darsena.bridge.event.EngineEvent.ImageRemoved;
import io.darsena.bridge.event.EngineEvent.Snapshot;
import io.darsena.bridge.event.EngineEvent.Unreachable;
import io.darsena.docker.http.HttpExchange;
import io.darsena.docker.http.HttpRequest;
import io.darsena.docker.wire.Filters;
import io.darsena.docker.wire.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// `GET /events`: what happens from now on (until `until`, when given), one JSON document a line. Events of
/// the past are not kept: `since` in the past begins now.
final class EventRoutes {

    private static final Set<String> FILTERS = Set.of("type", "event", "container", "image", "label", "scope");
    private static final int QUEUE = 10_000;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final Engine engine;

    EventRoutes(Engine engine) {
        this.engine = engine;
    }

    void addTo(Router router) {
        router.on("GET", "/events", (exchange, name) -> events(exchange));
    }

    /// An event in Docker's words.
    private record Message(String type, String action, String id, Map<String, String> attributes, Instant at) {

        Map<String, Object> shape() {
            Map<String, Object> shape = new LinkedHashMap<>();
            if (type.equals("container")) {
                shape.put("status", action);
                shape.put("id", id);
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
            String name = attributes.getOrDefault("name", "");
            return filters.allows("type", type)
                    && filters.allows("event", action)
                    && filters.allowsLabels(attributes)
                    && (filters.of("container").isEmpty()
                            || filters.of("container").stream()
                                    .anyMatch(wanted -> wanted.equals(name) || id.startsWith(wanted)))
                    && (filters.of("image").isEmpty()
                            || filters.of("image").stream()
                                    .anyMatch(wanted -> wanted.equals(attributes.getOrDefault("image", name))));
        }
    }

    private void events(HttpExchange exchange) throws IOException {
        HttpRequest request = exchange.request();
        Filters filters = Filters.parse(request.parameter("filters"), FILTERS);
        Optional<Instant> until = request.parameter("until").map(StreamRoutes::instant);
        BlockingQueue<Message> queue = new LinkedBlockingQueue<>(QUEUE);
        exchange.whenClientLeaves(Thread.currentThread()::interrupt);
        // A client that does not read for ten thousand events misses some rather than filling the memory.
        try (Subscription subscription = engine.subscribe(event ->
                        message(event).filter(message -> message.fits(filters)).ifPresent(queue::offer));
                OutputStream out = exchange.stream(200, "application/json")) {
            while (until.isEmpty() || Instant.now().isBefore(until.get())) {
                long wait = until.map(end -> Duration.between(Instant.now(), end))
                        .filter(left -> left.compareTo(LONGEST_WAIT) < 0)
                        .orElse(LONGEST_WAIT)
                        .toMillis();
                Message next = queue.poll(Math.max(1, wait), TimeUnit.MILLISECONDS);
                if (next != null) {
                    out.write(Json.line(next.shape()));
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Optional<Message> message(EngineEvent event) {
        return switch (event) {
            case Snapshot snapshot -> Optional.empty();
            case ContainerChanged changed -> changed(changed);
            case ContainerRemoved removed ->
                Optional.of(new Message(
                        "container", "destroy", removed.id().toString(), Map.of("name", removed.name()), removed.at()));
            case ImageChanged changed ->
                Optional.of(new Message(
                        "image",
                        changed.action().name().toLowerCase(Locale.ROOT).replace("import", "load"),
                        changed.image().id().toString(),
                        Map.of("name", changed.image().displayName()),
                        changed.at()));
            case ImageRemoved removed ->
                Optional.of(new Message("image", "delete", removed.id().toString(), Map.of(), removed.at()));
            case EngineEvent.SettingsChanged changed ->
                Optional.of(new Message("daemon", "reload", "", Map.of("name", "darsena"), changed.at()));
            case EngineEvent.TrashChanged changed -> Optional.empty();
            case EngineEvent.TrashRemoved removed -> Optional.empty();
            case Unreachable unreachable -> Optional.empty();
        };
    }

    private static Optional<Message> changed(ContainerChanged changed) {
        if (changed.action() == ContainerAction.ACTIVITY) {
            return Optional.empty();
        }
        Container container = changed.container();
        Map<String, String> attributes = new LinkedHashMap<>(container.spec().labels());
        attributes.put("image", container.imageName());
        attributes.put("name", container.name());
        if (container.state() instanceof Exited exited && changed.action() == ContainerAction.DIE) {
            attributes.put("exitCode", Integer.toString(exited.code()));
        }
        return Optional.of(
                new Message("container", word(changed.action()), container.id().toString(), attributes, changed.at()));
    }

    /// Docker knows no trash: what comes out of it is new.
    private static String word(ContainerAction action) {
        return (action == ContainerAction.RESTORE ? ContainerAction.CREATE : action)
                .name()
                .toLowerCase(Locale.ROOT);
    }
}
