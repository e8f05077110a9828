package io.darsena.engine.registry;

import io.darsena.bridge.registry.RegistryCredential;
import io.darsena.engine.content.StorageFailure;
import io.darsena.engine.registry.http.Answer;
import io.darsena.engine.registry.http.Call;
import io.darsena.engine.registry.http.Places;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Speaks to one registry for one purpose: shows what it wants to be shown, and tries again what may pass. Safe
/// for use by several threads.
final class RegistryClient {

    private static final int MOST_REFUSALS = 2;

    private final Endpoint endpoint;
    private final Supplier<Optional<RegistryCredential>> credential;
    private final Patience patience;
    private final Notices notices;
    private final Purpose purpose;

    /// Whether the registry has answered anything that was asked for this purpose.
    private final AtomicBoolean answered;

    /// @param credential asked for at most when the registry wants one
    RegistryClient(
            Endpoint endpoint,
            Supplier<Optional<RegistryCredential>> credential,
            Patience patience,
            Notices notices,
            Purpose purpose) {
        this(endpoint, credential, patience, notices, purpose, new AtomicBoolean());
    }

    private RegistryClient(
            Endpoint endpoint,
            Supplier<Optional<RegistryCredential>> credential,
            Patience patience,
            Notices notices,
            Purpose purpose,
            AtomicBoolean answered) {
        this.answered = answered;
        this.endpoint = endpoint;
        this.credential = credential;
        this.patience = patience;
        this.notices = notices;
        this.purpose = purpose;
    }

    /// The same with other patience.
    RegistryClient with(Patience other) {
        return new RegistryClient(endpoint, credential, other, notices, purpose, answered);
    }

    /// The same for what nobody waits for or hears of.
    RegistryClient quiet(Purpose other) {
        return new RegistryClient(endpoint, credential, patience.brief(), Notices.NOBODY, other, answered);
    }

    Endpoint endpoint() {
        return endpoint;
    }

    Patience patience() {
        return patience;
    }

    Notices notices() {
        return notices;
    }

    Purpose purpose() {
        return purpose;
    }

    /// Makes something of an answer, which it closes unless it passes it on.
    @FunctionalInterface
    interface Reading<T> {
        T of(Answer answer) throws IOException;
    }

    /// The address of something in the registry's API.
    ///
    /// @param path as `library/debian/tags/list?n=100`
    URI at(String path) {
        try {
            return endpoint.base().resolve(path);
        } catch (IOException failure) {
            throw failed(URI.create("https://" + endpoint.host().name()), failure);
        }
    }

    private io.darsena.bridge.error.EngineException failed(URI uri, IOException failure) {
        endpoint.forget();
        return RegistryFailure.outOfReach(purpose, uri, failure);
    }

    /// Sends a request and reads the answer, again and again where that may help. A status that is final is the
    /// reading's business.
    <T> T ask(Scope scope, Call call, Reading<T> reading) {
        int failures = 0;
        while (true) {
            Optional<Duration> wanted = Optional.empty();
            String reason;
            try {
                Answer answer = authorised(scope, call);
                answered.set(true);
                if (!answer.isPassing()) {
                    T read = reading.of(answer);
                    if (failures > 0) {
                        notices.tell(Optional.empty());
                    }
                    return read;
                }
                wanted = RetryAfter.of(answer);
                reason = "the registry answers " + answer.status();
                if (failures + 1 >= patience.tries()
                        || wanted.orElse(Duration.ZERO).compareTo(patience.longest()) > 0) {
                    throw RegistryFailure.of(purpose, answer);
                }
                answer.close();
            } catch (IOException failure) {
                reason = RegistryFailure.reason(failure);
                if (failures + 1 >= tries(failure)) {
                    throw failed(call.uri(), failure);
                }
            }
            failures++;
            pause(reason, wanted.orElse(patience.wait(failures)));
        }
    }

    /// Nobody waits for long for a registry that has not answered once.
    int tries(IOException failure) {
        if (RegistryFailure.isTrust(failure) && !answered.get()) {
            return 1;
        }
        return RegistryFailure.isNoConnection(failure) && !answered.get()
                ? patience.brief().tries()
                : patience.tries();
    }

    void pause(String reason, Duration wait) {
        if (Thread.currentThread().isInterrupted()) {
            throw StorageFailure.cancelled(purpose.operation(), purpose.subject());
        }
        notices.tell(Optional.of(reason + ", next try in " + Math.max(1, wait.toSeconds()) + " s"));
        try {
            Thread.sleep(wait);
        } catch (InterruptedException interrupted) {
            throw StorageFailure.cancelled(purpose.operation(), purpose.subject());
        }
    }

    private Answer authorised(Scope scope, Call call) throws IOException {
        Scope wanted = scope;
        String shown = null;
        for (int refusals = 0; ; refusals++) {
            shown = authorization(wanted, call, refusals > 0 ? shown : null);
            Answer answer = endpoint.transport().send(shown == null ? call : call.with("Authorization", shown));
            endpoint.note(answer, endpoint.base());
            if (answer.status() != Answer.UNAUTHORIZED || !isHome(call.uri()) || !isHome(answer.uri())) {
                return answer;
            }
            Optional<Challenge> challenge = Challenge.best(answer.all("WWW-Authenticate"));
            if (refusals == MOST_REFUSALS || challenge.isEmpty() || isHopeless(challenge.get(), shown)) {
                throw refused(answer, shown);
            }
            answer.close();
            wanted = challenge
                    .get()
                    .parameter("scope")
                    .map(text -> scope.and(new Scope(java.util.List.of(text.split(" ")))))
                    .orElse(scope);
        }
    }

    /// A name and a password do not change by asking again.
    private boolean isHopeless(Challenge challenge, @Nullable String shown) {
        boolean fixed = challenge.scheme().equals("basic")
                || credential.get().orElse(null) instanceof RegistryCredential.RegistryToken;
        return fixed && (shown != null || credential.get().isEmpty());
    }

    private RuntimeException refused(Answer answer, @Nullable String shown) {
        boolean anonymous = credential.get().isEmpty();
        if (anonymous || shown == null) {
            answer.close();
            return RegistryFailure.loginNeeded(purpose, endpoint.host().name(), Optional.empty());
        }
        Optional<Challenge> challenge = Challenge.best(answer.all("WWW-Authenticate"));
        if (challenge.filter(each -> each.scheme().equals("basic")).isPresent()) {
            answer.close();
            return RegistryFailure.loginNeeded(
                    purpose, endpoint.host().name(), Optional.of("the registry refuses this login"));
        }
        return RegistryFailure.of(purpose, answer);
    }

    private @Nullable String authorization(Scope scope, Call call, @Nullable String refused) throws IOException {
        Optional<Challenge> challenge = endpoint.challenge();
        if (challenge.isEmpty() || !isHome(call.uri())) {
            return null;
        }
        return endpoint.tokens()
                .authorization(purpose, challenge.get(), scope, credential.get(), refused)
                .orElse(null);
    }

    /// Secrets go to the registry alone, also when it sends an upload or a reader elsewhere; and nobody else
    /// says what they are shown to.
    private boolean isHome(URI place) throws IOException {
        return Places.isSameOrigin(place, endpoint.base());
    }
}
