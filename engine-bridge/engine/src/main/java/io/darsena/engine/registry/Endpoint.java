package io.darsena.engine.registry;

import io.darsena.bridge.registry.RateGauge;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.bridge.registry.SeenRate;
import io.darsena.engine.registry.http.Answer;
import io.darsena.engine.registry.http.Call;
import io.darsena.engine.registry.http.HttpTransport;
import io.darsena.engine.registry.http.Places;
import io.darsena.engine.registry.http.TlsChoice;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One registry as this engine has come to know it: how it is reached, what it wants to be shown, what it says of
/// its limit. Safe for use by several threads.
final class Endpoint {

    private static final Pattern RATE = Pattern.compile("(\\d{1,12})(?:;w=(\\d{1,9}))?.*");

    private final RegistryHost host;
    private final RegistryAddress address;
    private final TlsChoice choice;
    private final HttpTransport transport;
    private final Tokens tokens;
    private volatile Optional<URI> base = Optional.empty();
    private volatile Optional<Challenge> challenge = Optional.empty();
    private volatile Optional<SeenRate> rate = Optional.empty();
    private volatile Optional<Instant> busyUntil = Optional.empty();

    Endpoint(RegistryHost host, RegistryAddress address, TlsChoice choice, HttpTransport transport) {
        this.host = host;
        this.address = address;
        this.choice = choice;
        this.transport = transport;
        this.tokens = new Tokens(transport, choice.insecure());
    }

    RegistryHost host() {
        return host;
    }

    TlsChoice choice() {
        return choice;
    }

    HttpTransport transport() {
        return transport;
    }

    Tokens tokens() {
        return tokens;
    }

    Optional<Challenge> challenge() {
        return challenge;
    }

    void remember(Challenge wanted) {
        challenge = Optional.of(wanted);
    }

    Optional<RateGauge> rate() {
        return rate.map(SeenRate::rate);
    }

    Optional<SeenRate> seenRate() {
        return rate;
    }

    /// How long it wants to be left alone.
    Duration busy() {
        return busyUntil
                .map(until -> Duration.between(Instant.now(), until))
                .filter(Duration::isPositive)
                .orElse(Duration.ZERO);
    }

    /// The root of its API. Where plain HTTP is allowed it is asked once, and what answered is remembered: on this
    /// machine's loopback plain HTTP first, which needs no certificates to be read; elsewhere TLS first.
    ///
    /// @throws IOException when neither answers
    URI base() throws IOException {
        Optional<URI> known = base;
        if (known.isPresent()) {
            return known.get();
        }
        URI found;
        if (address.isLoopback()) {
            found = answers(address.base(false)) ? address.base(false) : ofTls(address.base(false));
        } else if (choice.insecure()) {
            found = insecure();
        } else {
            found = address.base(true);
        }
        base = Optional.of(found);
        return found;
    }

    /// A server of TLS does not understand plain HTTP, and says so or hangs up. One that is slow is not one of plain
    /// HTTP
    /// for that.
    private URI ofTls(URI otherwise) throws HttpTimeoutException {
        try {
            return answers(address.base(true)) ? address.base(true) : otherwise;
        } catch (javax.net.ssl.SSLHandshakeException untrusted) {
            return address.base(true);
        } catch (HttpTimeoutException slow) {
            throw slow;
        } catch (IOException neither) {
            return otherwise;
        }
    }

    private URI insecure() throws IOException {
        try (Answer answer = transport.send(Call.of("GET", address.base(true)))) {
            note(answer, address.base(true));
            return address.base(true);
        } catch (IOException noTls) {
            try (Answer answer = transport.send(Call.of("GET", address.base(false)))) {
                note(answer, address.base(false));
                return address.base(false);
            }
        }
    }

    private boolean answers(URI root) throws IOException {
        try (Answer answer = transport.send(Call.of("GET", root))) {
            note(answer, root);
            return answer.status() == Answer.OK || answer.status() == Answer.UNAUTHORIZED;
        } catch (java.net.ConnectException nobody) {
            throw nobody;
        } catch (IOException notUnderstood) {
            if (root.getScheme().equals("https")) {
                throw notUnderstood;
            }
            return false;
        }
    }

    /// What answered before answers no more: it is asked anew the next time.
    void forget() {
        base = Optional.empty();
    }

    /// Takes from an answer what it tells besides. What a registry wants to be shown it says itself: whoever
    /// it redirects to would otherwise name the place that passwords are sent to.
    ///
    /// @param home the root of the registry's API
    void note(Answer answer, URI home) {
        if (answer.status() == Answer.UNAUTHORIZED && Places.isSameOrigin(answer.uri(), home)) {
            Challenge.best(answer.all("WWW-Authenticate")).ifPresent(this::remember);
        }
        // What it lets through meanwhile was asked before it wanted to be left alone.
        if (answer.isPassing()) {
            busyUntil = RetryAfter.of(answer).map(wait -> Instant.now().plus(wait));
        }
        Optional<Matcher> limit =
                answer.header("ratelimit-limit").map(RATE::matcher).filter(Matcher::matches);
        Optional<Matcher> left =
                answer.header("ratelimit-remaining").map(RATE::matcher).filter(Matcher::matches);
        if (limit.isPresent() && left.isPresent()) {
            long window = limit.get().group(2) == null
                    ? 0
                    : Long.parseLong(limit.get().group(2));
            RateGauge told = new RateGauge(
                    Long.parseLong(limit.get().group(1)),
                    Long.parseLong(left.get().group(1)),
                    Duration.ofSeconds(window));
            rate = Optional.of(new SeenRate(host, told, Instant.now()));
        }
    }
}
