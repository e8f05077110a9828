package io.darsena.engine.registry.http;

import io.darsena.bridge.error.UnavailableException;
import io.darsena.engine.content.StorageFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Sends requests and follows where they are redirected to. What authorises a request stays at the place that it
/// was sent to: another scheme, host or port never sees it. Safe for use by several threads; interrupting one
/// cancels what it waits for.
public final class HttpTransport {

    private static final int MOST_REDIRECTS = 10;
    private static final long GLANCE_MILLIS = 250;

    private final Function<URI, HttpClient> clients;
    private final HttpTimes times;
    private final String agent;

    /// @param clients for each address one that follows no redirects by itself
    /// @param agent how this program calls itself
    HttpTransport(Function<URI, HttpClient> clients, HttpTimes times, String agent) {
        this.clients = clients;
        this.times = times;
        this.agent = agent;
    }

    /// Sends a request, a second and third one where it is redirected; the caller closes the answer.
    ///
    /// @throws IOException when the connection cannot be made or breaks, or no answer comes in time: worth
    ///     another try
    /// @throws UnavailableException when a redirect leads in a circle, too far, or out of TLS
    /// @throws java.util.concurrent.CancellationException when the thread is interrupted
    public Answer send(Call call) throws IOException {
        return send(call, false);
    }

    /// The same with what has a secret in its body: no other place sees it.
    ///
    /// @throws IOException when the connection cannot be made or breaks, or no answer comes in time
    /// @throws UnavailableException also when a redirect leads to another scheme, host or port
    public Answer sendSecret(Call call) throws IOException {
        return send(call, true);
    }

    private Answer send(Call call, boolean stays) throws IOException {
        Set<URI> seen = new HashSet<>();
        Call next = call;
        while (true) {
            if (!seen.add(next.uri())) {
                throw refused(call, "it redirects in a circle");
            }
            Answer answer = once(next);
            if (!isRedirect(next, answer.status())) {
                return answer;
            }
            answer.close();
            if (seen.size() > MOST_REDIRECTS) {
                throw refused(call, "it redirects more than " + MOST_REDIRECTS + " times");
            }
            Call target = redirected(call, next, answer);
            if (stays && !Places.isSameOrigin(call.uri(), target.uri())) {
                throw refused(call, "it redirects a secret to " + Places.shown(target.uri()));
            }
            next = target;
        }
    }

    /// With 301 to 303 others than GET and HEAD would have to become GET: no registry means that.
    private static boolean isRedirect(Call call, int status) {
        boolean reads = call.method().equals("GET") || call.method().equals("HEAD");
        return status == 307 || status == 308 || reads && status >= 301 && status <= 303;
    }

    private static Call redirected(Call first, Call call, Answer answer) {
        String location = answer.header("Location").orElseThrow(() -> refused(first, "it redirects to nowhere"));
        URI target = resolved(call.uri(), location)
                .orElseThrow(() -> refused(first, "it redirects to what is no address of the web"));
        if (Places.isEncrypted(call.uri()) && !Places.isEncrypted(target)) {
            throw refused(first, "it redirects from TLS to plain HTTP at " + Places.shown(target));
        }
        Call next = call.to(target);
        return Places.isSameOrigin(call.uri(), target) ? next : next.without("Authorization");
    }

    /// Where a `Location` leads; empty when it is unusable.
    public static Optional<URI> resolved(URI base, String location) {
        try {
            // java.net.URI loses the path's last part where a reference is a query alone.
            String reference = location.startsWith("?") ? base.getRawPath() + location : location;
            return Optional.of(base.resolve(reference)).filter(Places::isUsable);
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static UnavailableException refused(Call call, String reason) {
        return new UnavailableException("ask", Places.shown(call.uri()), reason, "tell who runs the registry");
    }

    private Answer once(Call call) throws IOException {
        // A future that is done already does not look at it.
        if (Thread.currentThread().isInterrupted()) {
            throw StorageFailure.cancelled("ask", Places.shown(call.uri()));
        }
        SentBytes sent = new SentBytes();
        HttpRequest.Builder request = HttpRequest.newBuilder(call.uri()).setHeader("User-Agent", agent);
        call.headers().forEach(request::setHeader);
        request.method(
                call.method(),
                call.body().map(body -> body.publisher(sent)).orElse(HttpRequest.BodyPublishers.noBody()));
        CompletableFuture<HttpResponse<InputStream>> coming =
                clients.apply(call.uri()).sendAsync(request.build(), head -> new BodyStream(times.stall()));
        HttpResponse<InputStream> response = await(call, coming, sent);
        return new Answer(response.statusCode(), call.uri(), response.headers(), response.body());
    }

    /// Waits as long as something moves.
    private HttpResponse<InputStream> await(
            Call call, CompletableFuture<HttpResponse<InputStream>> coming, SentBytes sent) throws IOException {
        long patience = times.connect().plus(times.answer()).toNanos();
        try {
            while (true) {
                try {
                    return coming.get(GLANCE_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException notYet) {
                    if (sent.idle() > patience) {
                        throw new HttpTimeoutException("no answer came for " + patience / 1_000_000_000 + " s");
                    }
                }
            }
        } catch (InterruptedException interrupted) {
            throw StorageFailure.cancelled("ask", Places.shown(call.uri()));
        } catch (ExecutionException failure) {
            throw told(failure.getCause());
        } finally {
            if (!coming.isDone()) {
                coming.cancel(true);
                coming.thenAccept(
                        late -> new Answer(late.statusCode(), call.uri(), late.headers(), late.body()).close());
            }
        }
    }

    private static IOException told(@Nullable Throwable cause) {
        return switch (cause) {
            case IOException e -> e;
            case RuntimeException e -> new IOException(String.valueOf(e.getMessage()), e);
            case null, default -> throw new IllegalStateException(cause);
        };
    }
}
