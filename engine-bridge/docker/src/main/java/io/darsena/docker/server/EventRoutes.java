package io.darsena.docker.server;

import io.darsena.bridge.Engine;
import io.darsena.bridge.Subscription;
import io.darsena.docker.http.HttpExchange;
import io.darsena.docker.http.HttpRequest;
import io.darsena.docker.wire.Filters;
import io.darsena.docker.wire.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
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

    private void events(HttpExchange exchange) throws IOException {
        HttpRequest request = exchange.request();
        Filters filters = Filters.parse(request.parameter("filters"), FILTERS);
        Optional<Instant> until = request.parameter("until").map(StreamRoutes::instant);
        BlockingQueue<DockerEvent> queue = new LinkedBlockingQueue<>(QUEUE);
        EventWords words = new EventWords();
        exchange.whenClientLeaves(Thread.currentThread()::interrupt);
        // A client that does not read for ten thousand events misses some rather than filling the memory.
        try (Subscription subscription = engine.subscribe(event ->
                        words.of(event).filter(told -> told.fits(filters)).ifPresent(queue::offer));
                OutputStream out = exchange.stream(200, "application/json")) {
            while (until.isEmpty() || Instant.now().isBefore(until.get())) {
                long wait = until.map(end -> Duration.between(Instant.now(), end))
                        .filter(left -> left.compareTo(LONGEST_WAIT) < 0)
                        .orElse(LONGEST_WAIT)
                        .toMillis();
                DockerEvent next = queue.poll(Math.max(1, wait), TimeUnit.MILLISECONDS);
                if (next != null) {
                    out.write(Json.line(next.shape()));
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
