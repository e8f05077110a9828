package io.darsena.docker.server;

import io.darsena.bridge.Engine;
import io.darsena.bridge.Subscription;
import io.darsena.bridge.container.ContainerMetrics;
import io.darsena.bridge.event.EngineEvent;
import io.darsena.docker.http.HttpExchange;
import io.darsena.docker.wire.BridgeJson;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The streams below `/darsena/v1`, one JSON document a line: events and metrics. They write from the subscriber's
/// own call: whoever reads slowly is behind in the engine's queue, which knows what to do.
final class DarsenaStreams {

    private static final Logger LOG = LoggerFactory.getLogger(DarsenaStreams.class);

    static final String LINES = "application/x-ndjson";

    private final Engine engine;

    DarsenaStreams(Engine engine) {
        this.engine = engine;
    }

    void addTo(Router router) {
        router.on("GET", DarsenaRoutes.PREFIX + "/events", (exchange, name) -> events(exchange))
                .on("GET", DarsenaRoutes.PREFIX + "/metrics", (exchange, name) -> metrics(exchange));
    }

    private void events(HttpExchange exchange) throws IOException {
        this.<EngineEvent>stream(exchange, event -> BridgeJson.line(EngineEvent.class, event), engine::subscribe);
    }

    private void metrics(HttpExchange exchange) throws IOException {
        this.<List<ContainerMetrics>>stream(
                exchange,
                samples -> BridgeJson.lines(ContainerMetrics.class, samples),
                subscriber -> engine.containers().metrics(subscriber));
    }

    /// Copies a subscription until the client has gone. The answer begins with the first value: a client that has its
    /// head knows that it is subscribed.
    private <T> void stream(
            HttpExchange exchange, Function<T, byte[]> line, Function<Consumer<T>, Subscription> subscribe)
            throws IOException {
        CountDownLatch gone = new CountDownLatch(1);
        exchange.whenClientLeaves(gone::countDown);
        AtomicReference<@Nullable OutputStream> out = new AtomicReference<>();
        Consumer<T> writer = value -> {
            try {
                OutputStream begun = out.get();
                if (begun == null) {
                    begun = exchange.stream(200, LINES);
                    out.set(begun);
                }
                begun.write(line.apply(value));
            } catch (IOException left) {
                LOG.debug("a subscriber has gone: {}", left.getMessage());
                gone.countDown();
            }
        };
        try (Subscription subscription = subscribe.apply(writer)) {
            gone.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
