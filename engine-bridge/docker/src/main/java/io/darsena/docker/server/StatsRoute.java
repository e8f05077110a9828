package io.darsena.docker.server;

import io.darsena.bridge.Engine;
import io.darsena.bridge.Subscription;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerMetrics;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.docker.http.HttpExchange;
import io.darsena.docker.http.HttpRequest;
import io.darsena.docker.wire.Json;
import io.darsena.docker.wire.StatsShape;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// `GET /containers/{id}/stats`: once a second what a container uses, until it is removed; without `stream` once.
final class StatsRoute {

    /// Whoever reads more slowly than the seconds pass gets fewer of them.
    private static final int WAITING = 2;

    /// Of engines without a running container nothing may come.
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private final Engine engine;

    StatsRoute(Engine engine) {
        this.engine = engine;
    }

    void addTo(Router router) {
        router.on("GET", "/containers/{name}/stats", this::stats);
    }

    private void stats(HttpExchange exchange, String name) throws IOException {
        HttpRequest request = exchange.request();
        Container container = ContainerRoutes.named(engine, name);
        boolean stream = request.parameter("stream").isEmpty() || request.flag("stream");
        BlockingQueue<List<ContainerMetrics>> seconds = new LinkedBlockingQueue<>(WAITING);
        StatsShape shape = new StatsShape(Runtime.getRuntime().availableProcessors(), HostFacts.memory());
        exchange.whenClientLeaves(Thread.currentThread()::interrupt);
        OutputStream out = exchange.stream(200, "application/json");
        try (Subscription metrics = engine.containers().metrics(seconds::offer)) {
            Optional<Container> now = Optional.of(container);
            boolean more = true;
            while (more && now.isPresent()) {
                List<ContainerMetrics> second = seconds.poll(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
                Optional<ContainerMetrics> sample = second == null ? Optional.empty() : sample(now.get(), second);
                boolean whole = sample.isPresent() && sample.get().cpuPercent().isPresent();
                boolean told = stream || whole || request.flag("one-shot") || !isUp(now.get());
                if (told) {
                    out.write(Json.line(shape.next(now.get(), sample)));
                }
                more = stream || !told;
                now = engine.containers().find(container.id().hex());
            }
        } catch (InterruptedException left) {
            throw new IOException("the client has gone", left);
        }
        out.close();
    }

    private static boolean isUp(Container container) {
        return container.status() == ContainerStatus.RUNNING || container.status() == ContainerStatus.PAUSED;
    }

    private static Optional<ContainerMetrics> sample(Container container, List<ContainerMetrics> second) {
        return second.stream()
                .filter(sample -> sample.id().equals(container.id()))
                .findFirst();
    }
}
