package io.darsena.docker.server;

import io.darsena.bridge.Engine;
import io.darsena.bridge.error.DeniedException;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.FoundRepository;
import io.darsena.bridge.registry.RegistryCredential;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.docker.http.HttpException;
import io.darsena.docker.http.HttpExchange;
import io.darsena.docker.http.HttpRequest;
import io.darsena.docker.wire.Filters;
import io.darsena.docker.wire.Json;
import io.darsena.docker.wire.RegistryAuth;
import io.darsena.docker.wire.RegistryShapes;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What Docker's clients ask registries without moving an image: `/auth`, `/images/search`, `/distribution`. A
/// client that goes cancels.
final class RegistryQueryRoutes {

    private static final String JSON = "application/json";

    private static final Set<String> SEARCH_FILTERS = Set.of("is-official", "is-automated", "stars");
    private static final int USUAL_LIMIT = 25;
    private static final int MOST_FOUND = 100;

    private final Engine engine;

    RegistryQueryRoutes(Engine engine) {
        this.engine = engine;
    }

    void addTo(Router router) {
        router.on("POST", "/auth", (exchange, name) -> authenticate(exchange))
                .on("GET", "/images/search", (exchange, name) -> search(exchange))
                .on("GET", "/distribution/{name}/json", this::distribution);
    }

    /// Docker's client keeps the credential itself; here it is only tried.
    private void authenticate(HttpExchange exchange) throws IOException {
        RegistryAuth auth = RegistryAuth.ofBody(exchange.request().body());
        RegistryHost registry = auth.registry();
        RegistryCredential credential =
                auth.credential().orElseThrow(() -> new HttpException(400, "neither a user nor a token is given"));
        exchange.whenClientLeaves(Thread.currentThread()::interrupt);
        try {
            engine.registries().check(registry, credential);
        } catch (DeniedException refused) {
            throw new HttpException(401, String.valueOf(refused.getMessage()));
        }
        Map<String, String> shape = new LinkedHashMap<>();
        shape.put("IdentityToken", "");
        shape.put("Status", "Login Succeeded");
        exchange.reply(200, JSON, Json.write(shape));
    }

    private void search(HttpExchange exchange) throws IOException {
        HttpRequest request = exchange.request();
        String term = request.parameter("term").orElseThrow(() -> new HttpException(400, "no term given"));
        int limit = request.parameter("limit").map(RegistryQueryRoutes::limit).orElse(USUAL_LIMIT);
        Filters filters = Filters.parse(request.parameter("filters"), SEARCH_FILTERS);
        Optional<Boolean> official = truth(filters, "is-official");
        Optional<Boolean> automated = truth(filters, "is-automated");
        long stars = filters.of("stars").stream()
                .mapToInt(RegistryQueryRoutes::number)
                .max()
                .orElse(0);
        Optional<RegistryCredential> credential =
                RegistryAuth.ofHeader(request.header(RegistryAuth.HEADER)).credential();
        exchange.whenClientLeaves(Thread.currentThread()::interrupt);
        List<Map<String, Object>> found = found(term, credential, limit).stream()
                .filter(each -> official.isEmpty() || official.get() == each.official())
                .filter(each -> automated.isEmpty() || !automated.get())
                .filter(each -> each.stars() >= stars)
                .map(RegistryShapes::found)
                .toList();
        exchange.reply(200, JSON, Json.write(found));
    }

    /// `localhost:5000/words` searches there, all else Docker Hub.
    private List<FoundRepository> found(String term, Optional<RegistryCredential> credential, int limit) {
        int slash = term.indexOf('/');
        String first = slash < 0 ? "" : term.substring(0, slash);
        boolean isRegistry = first.indexOf('.') >= 0 || first.indexOf(':') >= 0 || first.equals("localhost");
        return isRegistry
                ? engine.registries().search(RegistryHost.parse(first), term.substring(slash + 1), credential, limit)
                : engine.registries().search(RegistryHost.DOCKER_HUB, term, credential, limit);
    }

    private static int limit(String text) {
        int limit = number(text);
        if (limit > MOST_FOUND) {
            throw new HttpException(400, "limit " + text + " is outside the range of [1, " + MOST_FOUND + "]");
        }
        return limit == 0 ? USUAL_LIMIT : limit;
    }

    private static int number(String text) {
        if (!text.matches("[0-9]{1,9}")) {
            throw new HttpException(400, "not a number: " + text);
        }
        return Integer.parseInt(text);
    }

    private static Optional<Boolean> truth(Filters filters, String name) {
        return filters.of(name).stream()
                .map(text -> switch (text) {
                    case "true", "1" -> true;
                    case "false", "0" -> false;
                    default -> throw new HttpException(400, "invalid filter '" + name + "=" + text + "'");
                })
                .findFirst();
    }

    private void distribution(HttpExchange exchange, String name) throws IOException {
        ImageReference reference = ImageReference.parse(name);
        Optional<RegistryCredential> credential = RegistryAuth.ofHeader(
                        exchange.request().header(RegistryAuth.HEADER))
                .credential();
        exchange.whenClientLeaves(Thread.currentThread()::interrupt);
        exchange.reply(
                200,
                JSON,
                Json.write(RegistryShapes.distribution(engine.registries().describe(reference, credential))));
    }
}
