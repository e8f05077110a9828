package io.darsena.docker.server;

import io.darsena.bridge.Engine;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.ContainerState;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.container.Containers;
import io.darsena.bridge.container.Lifecycle.Trigger;
import io.darsena.bridge.container.LifecycleRefusal;
import io.darsena.bridge.container.Signal;
import io.darsena.bridge.container.StopOptions;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.trash.TrashRefusal;
import io.darsena.docker.http.HttpException;
import io.darsena.docker.http.HttpExchange;
import io.darsena.docker.http.HttpRequest;
import io.darsena.docker.wire.CreateRequest;
import io.darsena.docker.wire.Filters;
import io.darsena.docker.wire.Json;
import io.darsena.docker.wire.PlatformWord;
import io.darsena.docker.wire.StatusText;
import io.darsena.docker.wire.TextPattern;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// `/containers`: create, list, inspect, start, stop, restart, kill, pause, unpause, rename, remove.
final class ContainerRoutes {

    private static final Set<String> LIST_FILTERS =
            Set.of("id", "name", "label", "status", "ancestor", "exited", "before", "since");

    private static final Pattern WHOLE_ID = Pattern.compile("[0-9a-f]{64}");
    private static final Duration LONGEST_TIMEOUT = Duration.ofDays(36_500);

    private final Engine engine;

    ContainerRoutes(Engine engine) {
        this.engine = engine;
    }

    void addTo(Router router) {
        router.on("POST", "/containers/create", (exchange, name) -> create(exchange))
                .on("GET", "/containers/json", (exchange, name) -> list(exchange))
                .on("GET", "/containers/{name}/json", this::inspect)
                .on("POST", "/containers/{name}/start", this::start)
                .on("POST", "/containers/{name}/stop", this::stop)
                .on("POST", "/containers/{name}/restart", this::restart)
                .on("POST", "/containers/{name}/kill", this::kill)
                .on("POST", "/containers/{name}/pause", command(containers()::pause))
                .on("POST", "/containers/{name}/unpause", command(containers()::resume))
                .on("POST", "/containers/{name}/rename", this::rename)
                .on("DELETE", "/containers/{name}", this::remove);
    }

    private Containers containers() {
        return engine.containers();
    }

    /// The container that a path names, with the slash that Docker tells names with or without.
    static Container named(Engine engine, String given) {
        String name = withoutSlash(given);
        return byWholeId(engine, name)
                .or(() -> engine.containers().find(name))
                .orElseThrow(() -> missing(engine, name));
    }

    private static String withoutSlash(String name) {
        return name.startsWith("/") ? name.substring(1) : name;
    }

    private static NotFoundException missing(Engine engine, String name) {
        return engine.trash().list().stream()
                .filter(entry -> entry.id().hex().equals(name)
                        || entry.container().name().equals(name))
                .findFirst()
                .map(entry -> TrashRefusal.isThere("find", entry.container().name()))
                .orElseGet(() -> new NotFoundException("find", "container " + name, "No such container: " + name, ""));
    }

    /// A container may be called as another one's id is.
    private static Optional<Container> byWholeId(Engine engine, String name) {
        try {
            return WHOLE_ID.matcher(name).matches()
                    ? Optional.of(engine.containers().container(ContainerId.parse(name)))
                    : Optional.empty();
        } catch (NotFoundException noId) {
            return Optional.empty();
        }
    }

    private ContainerId id(String name) {
        return named(engine, name).id();
    }

    private Router.Handler command(Consumer<ContainerId> command) {
        return (exchange, name) -> {
            command.accept(id(name));
            exchange.reply(204);
        };
    }

    private void create(HttpExchange exchange) throws IOException {
        HttpRequest request = exchange.request();
        CreateRequest asked = new CreateRequest(Json.read(request.body()));
        ContainerSpec spec = asked.spec(request.parameter("name").map(ContainerRoutes::withoutSlash));
        requireImage(spec.image(), request.parameter("platform").map(PlatformWord::parse));
        ContainerId id = containers().create(spec);
        exchange.reply(201, "application/json", Json.write(Map.of("Id", id.toString(), "Warnings", asked.warnings())));
    }

    /// Whoever is told so pulls the image and asks again, as `docker run` does.
    private void requireImage(String image, Optional<String> platform) {
        Image found = engine.images()
                .find(image)
                .orElseThrow(() -> new NotFoundException(
                        "create", "a container", "No such image: " + image, "pull it first (docker pull)"));
        platform.filter(wanted -> !PlatformWord.fits(wanted, found.platform())).ifPresent(wanted -> {
            throw new NotFoundException(
                    "create",
                    "a container",
                    "image with reference " + image + " was found but its platform (" + found.platform()
                            + ") does not match the specified platform (" + wanted + ")",
                    "pull it for that platform");
        });
    }

    private void list(HttpExchange exchange) throws IOException {
        HttpRequest request = exchange.request();
        Filters filters = Filters.parse(request.parameter("filters"), LIST_FILTERS);
        int limit = request.parameter("limit").map(ContainerRoutes::number).orElse(0);
        boolean all = request.flag("all")
                || limit > 0
                || !filters.of("status").isEmpty()
                || !filters.of("exited").isEmpty();
        List<TextPattern> names =
                filters.of("name").stream().map(TextPattern::regex).toList();
        boolean sizes = request.flag("size");
        ContainerSummaries summaries = sizes ? ContainerSummaries.withSizes(engine) : ContainerSummaries.of(engine);
        List<Map<String, Object>> rows = containers().list().stream()
                .filter(container -> all || isUp(container))
                .filter(container -> fits(container, filters)
                        && fitsName(container, names)
                        && filters.allowsLabels(summaries.labels(container)))
                .sorted(Comparator.comparing(Container::createdAt).reversed())
                .limit(limit > 0 ? limit : Long.MAX_VALUE)
                .map(sizes ? summaries::sized : summaries::summary)
                .toList();
        exchange.reply(200, "application/json", Json.write(rows));
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            throw new HttpException(400, "not a number: " + text);
        }
    }

    private static boolean isUp(Container container) {
        ContainerStatus status = container.status();
        return status == ContainerStatus.RUNNING
                || status == ContainerStatus.PAUSED
                || status == ContainerStatus.RESTARTING;
    }

    private boolean fits(Container container, Filters filters) {
        return filters.allows("status", StatusText.word(container.state()))
                && (filters.of("id").isEmpty()
                        || filters.of("id").stream().anyMatch(container.id().toString()::startsWith))
                && (filters.of("exited").isEmpty()
                        || container.state() instanceof ContainerState.Exited exited
                                && filters.of("exited").contains(Integer.toString(exited.code())))
                && fitsAncestor(container, filters.of("ancestor"))
                && filters.of("before").stream()
                        .allMatch(other -> container
                                .createdAt()
                                .isBefore(named(engine, other).createdAt()))
                && filters.of("since").stream()
                        .allMatch(other -> container
                                .createdAt()
                                .isAfter(named(engine, other).createdAt()));
    }

    /// With the slash that Docker's names begin with, or without.
    private static boolean fitsName(Container container, List<TextPattern> names) {
        return names.isEmpty()
                || names.stream().anyMatch(name -> name.fits("/" + container.name()) || name.fits(container.name()));
    }

    private boolean fitsAncestor(Container container, List<String> ancestors) {
        return ancestors.isEmpty()
                || ancestors.stream()
                        .anyMatch(wanted -> engine.images()
                                .find(wanted)
                                .map(image -> image.id().equals(container.image()))
                                .orElse(false));
    }

    private void inspect(HttpExchange exchange, String name) throws IOException {
        Container container = named(engine, name);
        String inspection = containers().inspect(container.id());
        byte[] answer = exchange.request().flag("size")
                ? sized(inspection, container)
                : inspection.getBytes(StandardCharsets.UTF_8);
        exchange.reply(200, "application/json", answer);
    }

    private byte[] sized(String inspection, Container container) {
        Map<String, Long> sizes = ContainerSummaries.withSizes(engine).sizes(container);
        ObjectNode whole = (ObjectNode) Json.read(inspection);
        sizes.forEach((name, bytes) -> whole.put(name, bytes));
        return Json.write(whole);
    }

    private void start(HttpExchange exchange, String name) throws IOException {
        Container container = named(engine, name);
        if (LifecycleRefusal.isAlreadySo(container.status(), Trigger.START)) {
            exchange.reply(304);
            return;
        }
        containers().start(container.id());
        exchange.reply(204);
    }

    private void stop(HttpExchange exchange, String name) throws IOException {
        Container container = named(engine, name);
        if (LifecycleRefusal.isAlreadySo(container.status(), Trigger.STOP)) {
            exchange.reply(304);
            return;
        }
        containers().stop(container.id(), stopOptions(exchange.request()));
        exchange.reply(204);
    }

    /// One that never ran has nothing to end: it is started, as Docker does.
    private void restart(HttpExchange exchange, String name) throws IOException {
        Container container = named(engine, name);
        StopOptions options = stopOptions(exchange.request());
        if (container.status() == ContainerStatus.CREATED) {
            containers().start(container.id());
        } else {
            containers().restart(container.id(), options);
        }
        exchange.reply(204);
    }

    /// Docker's `signal`, and `t`: seconds, -1 for ever; here a fraction may follow.
    private static StopOptions stopOptions(HttpRequest request) {
        return new StopOptions(
                request.parameter("signal").filter(text -> !text.isEmpty()).map(Signal::parse),
                request.parameter("t").map(ContainerRoutes::seconds));
    }

    private static Duration seconds(String text) {
        if (!text.matches("-?\\d{1,10}(\\.\\d{1,9})?")) {
            throw new HttpException(400, "not a number of seconds: " + text);
        }
        BigDecimal seconds = new BigDecimal(text);
        Duration timeout = Duration.ofSeconds(
                seconds.longValue(),
                seconds.remainder(BigDecimal.ONE).movePointRight(9).longValue());
        return timeout.isNegative() || timeout.compareTo(LONGEST_TIMEOUT) > 0 ? LONGEST_TIMEOUT : timeout;
    }

    private void kill(HttpExchange exchange, String name) throws IOException {
        containers().kill(id(name), exchange.request().parameter("signal").orElse("KILL"));
        exchange.reply(204);
    }

    private void rename(HttpExchange exchange, String name) throws IOException {
        String wanted =
                exchange.request().parameter("name").orElseThrow(() -> new HttpException(400, "no new name given"));
        containers().rename(id(name), withoutSlash(wanted));
        exchange.reply(204);
    }

    private void remove(HttpExchange exchange, String name) throws IOException {
        if (exchange.request().flag("force")) {
            containers().forceRemove(id(name));
        } else {
            containers().remove(id(name));
        }
        exchange.reply(204);
    }
}
