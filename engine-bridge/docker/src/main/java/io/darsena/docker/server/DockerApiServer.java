package io.darsena.docker.server;

import io.darsena.bridge.Engine;
import io.darsena.docker.http.HttpServer;
import java.io.IOException;
import java.nio.file.Path;

/// Docker's HTTP API (Engine API 1.24 to 1.51, the first slice) on a Unix socket, in front of an engine.
/// Closing it ends all connections and removes the socket; the engine is its caller's.
public final class DockerApiServer implements AutoCloseable {

    private final HttpServer http;
    private final EventLog events;

    private DockerApiServer(HttpServer http, EventLog events) {
        this.http = http;
        this.events = events;
    }

    /// Begins to serve.
    ///
    /// @param socket made with mode 0600; one that nobody serves any more is replaced
    /// @param uploads private directory for archives being loaded; made when missing
    /// @throws IOException when another process serves there, or the path cannot be bound
    public static DockerApiServer open(Engine engine, Path socket, Path uploads) throws IOException {
        EventLog events = new EventLog(engine);
        try {
            return new DockerApiServer(HttpServer.open(socket, router(engine, uploads, events)), events);
        } catch (IOException | RuntimeException unopened) {
            events.close();
            throw unopened;
        }
    }

    private static Router router(Engine engine, Path uploads, EventLog events) {
        Router router = new Router();
        new SystemRoutes(engine).addTo(router);
        new StreamRoutes(engine).addTo(router);
        new WaitRoute(engine).addTo(router);
        new ContainerRoutes(engine).addTo(router);
        new StatsRoute(engine).addTo(router);
        new TopRoute(engine).addTo(router);
        new ContainerFileRoutes(engine).addTo(router);
        new CommitRoute(engine).addTo(router);
        new HistoryRoute(engine).addTo(router);
        new ImageSaveRoutes(engine).addTo(router);
        new PullRoute(engine).addTo(router);
        new PushRoute(engine).addTo(router);
        new RegistryQueryRoutes(engine).addTo(router);
        new ImagePruneRoute(engine).addTo(router);
        new ImageRoutes(engine, uploads).addTo(router);
        new EventRoutes(events).addTo(router);
        new TransferRoutes(engine).addTo(router);
        new DarsenaStreams(engine).addTo(router);
        new LayerRoutes(engine).addTo(router);
        new DarsenaRoutes(engine).addTo(router);
        new TrashRoutes(engine).addTo(router);
        new RegistryRoutes(engine).addTo(router);
        new SyncRoutes(engine).addTo(router);
        new TrustRoutes(engine).addTo(router);
        new DiskRoutes(engine).addTo(router);
        return router;
    }

    @Override
    public void close() {
        http.close();
        events.close();
    }
}
