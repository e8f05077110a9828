package io.darsena.docker.server;

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
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// `GET /events`: what happens from now on, or happened since `since` as far as it is remembered, until `until`, one
/// JSON document a line.
final class EventRoutes {

    private static final int QUEUE = 10_000;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final EventLog log;

    EventRoutes(EventLog log) {
        this.log = log;
    }

    void addTo(Router router) {
        router.on("GET", "/events", (exchange, name) -> events(exchange));
    }

    private void events(HttpExchange exchange) throws IOException {
        HttpRequest request = exchange.request();
        Filters filters = Filters.parse(request.parameter("filters"), DockerEvent.FILTERS);
        Optional<Instant> since = time(request, "since");
        Optional<Instant> until = time(request, "until");
        BlockingQueue<DockerEvent> queue = new LinkedBlockingQueue<>(QUEUE);
        exchange.whenClientLeaves(Thread.currentThread()::interrupt);
        // A client that does not read for ten thousand events misses some rather than filling the memory.
        try (Subscription subscription = log.follow(since, event -> offer(queue, event, filters, until));
                OutputStream out = exchange.stream(200, "application/json")) {
            send(queue, out);
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

    private static Optional<Instant> time(HttpRequest request, String name) {
        return request.parameter(name)
                .filter(text -> !text.isEmpty() && !text.equals("0"))
                .map(StreamRoutes::instant);
    }

    private static void offer(
            BlockingQueue<DockerEvent> queue, DockerEvent event, Filters filters, Optional<Instant> until) {
        boolean inTime = until.map(end -> !event.at().isAfter(end)).orElse(true);
        if (inTime && event.fits(filters) && queue.remainingCapacity() > 0) {
            queue.add(event);
        }
    }

    /// What has come already, though the time asked for is over.
    private static void send(BlockingQueue<DockerEvent> queue, OutputStream out) throws IOException {
        for (DockerEvent next = queue.poll(); next != null; next = queue.poll()) {
            out.write(Json.line(next.shape()));
        }
    }
}
