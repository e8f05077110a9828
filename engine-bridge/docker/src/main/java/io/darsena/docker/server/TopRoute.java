package io.darsena.docker.server;

import io.darsena.bridge.Engine;
import io.darsena.bridge.container.Container;
import io.darsena.docker.http.HttpException;
import io.darsena.docker.http.HttpExchange;
import io.darsena.docker.wire.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// `GET /containers/{id}/top`: a container's processes, as this machine sees them.
final class TopRoute {

    private static final Path PROC = Path.of("/proc");

    private final Engine engine;

    TopRoute(Engine engine) {
        this.engine = engine;
    }

    void addTo(Router router) {
        router.on("GET", "/containers/{name}/top", this::top);
    }

    private void top(HttpExchange exchange, String name) throws IOException {
        Container container = ContainerRoutes.named(engine, name);
        int first = container
                .state()
                .runningPid()
                .orElseThrow(() -> new HttpException(409, "container " + container.name() + " is not running"));
        String arguments = exchange.request().parameter("ps_args").orElse("").strip();
        List<HostProcess> family = new HostProcesses(PROC).family(first);
        ProcessTable table = arguments.isEmpty() || arguments.equals("-ef")
                ? ProcessTable.full(PROC, family)
                : HostPs.table(arguments, family.stream().map(HostProcess::pid).collect(Collectors.toSet()));
        exchange.reply(200, "application/json", Json.write(table.shape()));
    }
}
