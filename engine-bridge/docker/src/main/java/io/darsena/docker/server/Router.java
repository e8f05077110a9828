package io.darsena.docker.server;

import io.darsena.bridge.error.EngineException;
import io.darsena.docker.http.HttpException;
import io.darsena.docker.http.HttpExchange;
import io.darsena.docker.http.HttpHandler;
import io.darsena.docker.wire.BridgeJson;
import io.darsena.docker.wire.FailureShape;
import io.darsena.docker.wire.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds a request's route, with or without an API version before it, and answers every failure as Docker does:
/// `{"message": …}` with the failure's status.
final class Router implements HttpHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Router.class);
    private static final Pattern VERSION = Pattern.compile("/v(\\d+)\\.(\\d+)(/.*)");

    private final List<Route> routes = new ArrayList<>();

    private record Route(String method, Pattern path, Handler handler) {}

    /// Answers a request of which the route's one variable, when it has one, is `name`.
    @FunctionalInterface
    interface Handler {
        void handle(HttpExchange exchange, String name) throws IOException;
    }

    /// @param path with at most one `{name}`, which matches slashes too where the last segment follows it,
    ///     as image
    ///     names need
    Router on(String method, String path, Handler handler) {
        String regex = Pattern.quote(path).replace("{name}", "\\E(.+)\\Q");
        routes.add(new Route(method, Pattern.compile(regex), handler));
        return this;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try {
            exchange.header("Api-Version", SystemRoutes.API_VERSION)
                    .header("Darsena-Api", Integer.toString(BridgeJson.VERSION))
                    .header("Docker-Experimental", "false")
                    .header("Ostype", "linux")
                    .header("Server", "Darsena (linux)");
            dispatch(exchange);
        } catch (EngineException failure) {
            fail(exchange, failure.httpStatus(), FailureShape.of(failure));
        } catch (CancellationException gone) {
            throw new IOException("the client has gone", gone);
        } catch (HttpException failure) {
            fail(exchange, failure.status(), message(String.valueOf(failure.getMessage())));
        } catch (IllegalArgumentException invalid) {
            fail(exchange, 400, message(String.valueOf(invalid.getMessage())));
        } catch (RuntimeException unexpected) {
            LOG.error(
                    "{} {} failed",
                    exchange.request().method(),
                    exchange.request().path(),
                    unexpected);
            fail(exchange, 500, message("internal error: " + unexpected));
        }
    }

    private void dispatch(HttpExchange exchange) throws IOException {
        String path = exchange.request().path();
        Matcher version = VERSION.matcher(path);
        if (version.matches()) {
            SystemRoutes.requireSupported(Integer.parseInt(version.group(1)), Integer.parseInt(version.group(2)));
            path = version.group(3);
        }
        boolean pathKnown = false;
        for (Route route : routes) {
            Matcher matcher = route.path().matcher(path);
            if (matcher.matches()) {
                if (route.method().equals(exchange.request().method())) {
                    route.handler().handle(exchange, matcher.groupCount() > 0 ? matcher.group(1) : "");
                    return;
                }
                pathKnown = true;
            }
        }
        Optional<HttpException> missing = Unserved.answer(path);
        if (missing.isPresent()) {
            throw missing.get();
        }
        throw pathKnown
                ? new HttpException(405, "method " + exchange.request().method() + " is not allowed for " + path)
                : new HttpException(404, "page not found: this version of Darsena does not serve " + path);
    }

    private static Map<String, Object> message(String message) {
        return Map.of("message", message);
    }

    private static void fail(HttpExchange exchange, int status, Map<String, Object> shape) throws IOException {
        if (exchange.isAnswered()) {
            throw new IOException("failed after the answer began: " + shape.get("message"));
        }
        exchange.reply(status, "application/json", Json.write(shape));
    }
}
