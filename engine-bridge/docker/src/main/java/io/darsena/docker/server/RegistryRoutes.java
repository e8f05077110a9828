package io.darsena.docker.server;

import io.darsena.bridge.Engine;
import io.darsena.bridge.error.EngineException;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.FoundRepository;
import io.darsena.bridge.registry.FoundTag;
import io.darsena.bridge.registry.ImagePreview;
import io.darsena.bridge.registry.ImageTransfer;
import io.darsena.bridge.registry.Registries;
import io.darsena.bridge.registry.RegistryAnswer;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.bridge.registry.RegistryLogin;
import io.darsena.bridge.registry.RemoteImage;
import io.darsena.docker.http.HttpException;
import io.darsena.docker.http.HttpExchange;
import io.darsena.docker.wire.BridgeJson;
import io.darsena.docker.wire.RegistryMessage;
import io.darsena.docker.wire.RegistryRequest;
import io.darsena.docker.wire.RegistryRequest.Listing;
import io.darsena.docker.wire.RegistryRequest.Login;
import io.darsena.docker.wire.RegistryRequest.OfImage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Registries, below `/darsena/v1/registries`: all that an engine does with them. Secrets come in bodies alone,
/// and go nowhere but to the engine. A client that goes cancels.
final class RegistryRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryRoutes.class);

    private static final String REGISTRIES = DarsenaRoutes.PREFIX + "/registries";
    private static final String JSON = "application/json";

    private final Engine engine;

    RegistryRoutes(Engine engine) {
        this.engine = engine;
    }

    void addTo(Router router) {
        router.on("POST", REGISTRIES + "/pull", (exchange, name) -> pull(exchange))
                .on("POST", REGISTRIES + "/push", (exchange, name) -> push(exchange))
                .on("POST", REGISTRIES + "/describe", (exchange, name) -> describe(exchange))
                .on("POST", REGISTRIES + "/preview", (exchange, name) -> preview(exchange))
                .on("POST", REGISTRIES + "/login", (exchange, name) -> login(exchange))
                .on("POST", REGISTRIES + "/check", (exchange, name) -> check(exchange))
                .on("GET", REGISTRIES + "/logins", (exchange, name) -> logins(exchange))
                .on("DELETE", REGISTRIES + "/logins/{name}", this::logout)
                .on("GET", REGISTRIES + "/probe", (exchange, name) -> probe(exchange))
                .on("POST", REGISTRIES + "/tags", (exchange, name) -> tags(exchange))
                .on("POST", REGISTRIES + "/tagged-images", (exchange, name) -> taggedImages(exchange))
                .on("GET", REGISTRIES + "/repositories", (exchange, name) -> repositories(exchange))
                .on("POST", REGISTRIES + "/search", (exchange, name) -> search(exchange))
                .on("DELETE", REGISTRIES + "/images/{name}", this::delete);
    }

    private Registries registries() {
        return engine.registries();
    }

    private static <T extends RegistryRequest> T body(HttpExchange exchange, Class<T> type) {
        return BridgeJson.confidential(type, exchange.request().body());
    }

    private static String parameter(HttpExchange exchange, String name) {
        return exchange.request().parameter(name).orElseThrow(() -> new HttpException(400, "no " + name + " given"));
    }

    private static RegistryHost registry(HttpExchange exchange) {
        return new RegistryHost(parameter(exchange, "registry"));
    }

    private static int limit(HttpExchange exchange) {
        String text = parameter(exchange, "limit");
        if (!text.matches("[0-9]{1,9}")) {
            throw new HttpException(400, "not a limit: " + text);
        }
        return Integer.parseInt(text);
    }

    /// What is done while its progress is told; it returns the last line.
    @FunctionalInterface
    private interface Transfer {
        RegistryMessage run(Consumer<ImageTransfer> progress);
    }

    private void pull(HttpExchange exchange) throws IOException {
        OfImage wanted = body(exchange, OfImage.class);
        transfer(exchange, progress -> RegistryMessage.of(registries().pull(wanted.pull(), progress)));
    }

    private void push(HttpExchange exchange) throws IOException {
        OfImage wanted = body(exchange, OfImage.class);
        transfer(
                exchange,
                progress -> RegistryMessage.of(registries().push(wanted.name(), wanted.credential(), progress)));
    }

    private static void transfer(HttpExchange exchange, Transfer transfer) throws IOException {
        exchange.whenClientLeaves(Thread.currentThread()::interrupt);
        OutputStream out = exchange.stream(200, DarsenaStreams.LINES);
        RegistryMessage last;
        try (LatestTransfer latest = LatestTransfer.toldTo(state -> tell(out, RegistryMessage.of(state)))) {
            last = transfer.run(latest);
        } catch (EngineException failure) {
            last = RegistryMessage.of(failure);
        }
        tell(out, last);
        out.close();
    }

    private static void tell(OutputStream out, RegistryMessage message) {
        try {
            out.write(BridgeJson.line(RegistryMessage.class, message));
        } catch (IOException left) {
            LOG.debug("whoever wanted the image has gone: {}", left.getMessage());
        }
    }

    private void describe(HttpExchange exchange) throws IOException {
        OfImage wanted = body(exchange, OfImage.class);
        one(exchange, RemoteImage.class, () -> registries().describe(wanted.name(), wanted.credential()));
    }

    private void preview(HttpExchange exchange) throws IOException {
        OfImage wanted = body(exchange, OfImage.class);
        one(exchange, ImagePreview.class, () -> registries().preview(wanted.pull()));
    }

    private void login(HttpExchange exchange) throws IOException {
        Login wanted = body(exchange, Login.class);
        one(exchange, RegistryLogin.class, () -> registries().login(wanted.registry(), wanted.credential()));
    }

    private void check(HttpExchange exchange) throws IOException {
        Login wanted = body(exchange, Login.class);
        command(exchange, () -> registries().check(wanted.registry(), wanted.credential()));
    }

    private void logins(HttpExchange exchange) throws IOException {
        several(exchange, RegistryLogin.class, registries()::logins);
    }

    private void logout(HttpExchange exchange, String registry) throws IOException {
        command(exchange, () -> registries().logout(new RegistryHost(registry)));
    }

    private void probe(HttpExchange exchange) throws IOException {
        RegistryHost registry = registry(exchange);
        one(exchange, RegistryAnswer.class, () -> registries().probe(registry));
    }

    private void tags(HttpExchange exchange) throws IOException {
        Listing wanted = body(exchange, Listing.class);
        several(
                exchange,
                String.class,
                () -> registries().tags(wanted.registry(), wanted.of(), wanted.credential(), wanted.limit()));
    }

    private void taggedImages(HttpExchange exchange) throws IOException {
        Listing wanted = body(exchange, Listing.class);
        several(
                exchange,
                FoundTag.class,
                () -> registries().taggedImages(wanted.registry(), wanted.of(), wanted.limit()));
    }

    private void repositories(HttpExchange exchange) throws IOException {
        RegistryHost registry = registry(exchange);
        int limit = limit(exchange);
        several(exchange, String.class, () -> registries().repositories(registry, limit));
    }

    private void search(HttpExchange exchange) throws IOException {
        Listing wanted = body(exchange, Listing.class);
        several(
                exchange,
                FoundRepository.class,
                () -> registries().search(wanted.registry(), wanted.of(), wanted.credential(), wanted.limit()));
    }

    private void delete(HttpExchange exchange, String name) throws IOException {
        command(exchange, () -> registries().deleteRemote(ImageReference.parse(name)));
    }

    private static <T> void one(HttpExchange exchange, Class<T> type, Supplier<T> question) throws IOException {
        exchange.whenClientLeaves(Thread.currentThread()::interrupt);
        exchange.reply(200, JSON, BridgeJson.line(type, question.get()));
    }

    private static <T> void several(HttpExchange exchange, Class<T> type, Supplier<List<T>> question)
            throws IOException {
        exchange.whenClientLeaves(Thread.currentThread()::interrupt);
        exchange.reply(200, JSON, BridgeJson.lines(type, question.get()));
    }

    private static void command(HttpExchange exchange, Runnable command) throws IOException {
        exchange.whenClientLeaves(Thread.currentThread()::interrupt);
        command.run();
        exchange.reply(204);
    }
}
