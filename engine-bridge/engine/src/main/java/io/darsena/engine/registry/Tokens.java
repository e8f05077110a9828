package io.darsena.engine.registry;

import io.darsena.bridge.error.CorruptedException;
import io.darsena.bridge.error.DeniedException;
import io.darsena.bridge.registry.RegistryCredential;
import io.darsena.bridge.registry.Secret;
import io.darsena.engine.json.JsonObject;
import io.darsena.engine.registry.http.Answer;
import io.darsena.engine.registry.http.Call;
import io.darsena.engine.registry.http.HttpTransport;
import io.darsena.engine.registry.http.Places;
import io.darsena.engine.registry.login.SecretDocument;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Bearer tokens of one registry, kept as long as they are good (Docker's token authentication, and its OAuth2
/// form for identity tokens). Safe for use by several threads.
final class Tokens {

    static final String CLIENT = "darsena";
    static final String TOKEN_USER = "<token>";

    private static final int LARGEST_ANSWER = 4 << 20;
    private static final long USUAL_SECONDS = 60;
    private static final long LONGEST_SECONDS = 24 * 3600;
    private static final long MARGIN_SECONDS = 5;
    private static final int MOST = 500;

    private final HttpTransport transport;
    private final boolean plainAllowed;
    private final Map<Key, Token> kept = new ConcurrentHashMap<>();

    /// @param plainAllowed tokens may be asked for by plain HTTP, as the registry itself is spoken to
    Tokens(HttpTransport transport, boolean plainAllowed) {
        this.transport = transport;
        this.plainAllowed = plainAllowed;
    }

    private record Key(String realm, String service, Scope scope, Optional<RegistryCredential> credential) {}

    private record Token(Secret text, long goodUntil) {
        boolean isGood() {
            return System.nanoTime() - goodUntil < 0;
        }
    }

    /// The value of an `Authorization` header; empty when nothing is known that would help.
    ///
    /// @param refused a value that was of no use: another one is wanted
    /// @throws DeniedException when the registry refuses the credential
    /// @throws IOException when the connection breaks: worth another try
    Optional<String> authorization(
            Purpose purpose,
            Challenge challenge,
            Scope scope,
            Optional<RegistryCredential> credential,
            @Nullable String refused)
            throws IOException {
        if (credential.orElse(null) instanceof RegistryCredential.RegistryToken token) {
            return Optional.of("Bearer " + token.token().reveal());
        }
        if (challenge.scheme().equals("basic")) {
            return credential.flatMap(Tokens::basic);
        }
        String realm = challenge.parameter("realm").orElse("");
        Key key = new Key(realm, challenge.parameter("service").orElse(""), scope, credential);
        Token token = kept.get(key);
        if (token == null || !token.isGood() || header(token).equals(refused)) {
            token = ask(purpose, key);
            if (kept.size() >= MOST) {
                kept.clear();
            }
            kept.put(key, token);
        }
        return Optional.of(header(token));
    }

    private static String header(Token token) {
        return "Bearer " + token.text().reveal();
    }

    static Optional<String> basic(RegistryCredential credential) {
        return switch (credential) {
            case RegistryCredential.Password password ->
                Optional.of(basic(password.user(), password.password().reveal()));
            case RegistryCredential.IdentityToken token ->
                Optional.of(basic(TOKEN_USER, token.token().reveal()));
            case RegistryCredential.RegistryToken token -> Optional.empty();
        };
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private Token ask(Purpose purpose, Key key) throws IOException {
        URI realm = realm(purpose, key);
        if (key.credential().orElse(null) instanceof RegistryCredential.IdentityToken identity) {
            Answer answer = transport.sendSecret(post(realm, key, identity));
            if (answer.status() != Answer.NOT_FOUND && answer.status() != Answer.METHOD_NOT_ALLOWED) {
                return read(purpose, key, answer);
            }
            answer.close();
        }
        return read(purpose, key, transport.send(get(realm, key)));
    }

    private URI realm(Purpose purpose, Key key) {
        try {
            URI realm = URI.create(key.realm());
            boolean web = realm.getHost() != null
                    && realm.getRawUserInfo() == null
                    && (Places.isEncrypted(realm) || "http".equalsIgnoreCase(realm.getScheme()));
            if (web && (Places.isEncrypted(realm) || plainAllowed || Places.isLoopback(realm.getHost()))) {
                return realm;
            }
        } catch (IllegalArgumentException malformed) {
            // told below
        }
        throw new DeniedException(
                purpose.operation(),
                purpose.subject(),
                "the registry wants tokens to be got by plain HTTP, or from what is no address",
                "tell who runs the registry");
    }

    private static Call get(URI realm, Key key) {
        List<String> query = new ArrayList<>(parameters(key));
        if (key.credential().orElse(null) instanceof RegistryCredential.Password password) {
            query.add("account=" + encoded(password.user()));
        }
        String joint = realm.getRawQuery() == null ? "?" : "&";
        Call call = Call.of("GET", URI.create(realm + (query.isEmpty() ? "" : joint + String.join("&", query))));
        return key.credential()
                .flatMap(Tokens::basic)
                .map(value -> call.with("Authorization", value))
                .orElse(call);
    }

    /// The secret goes into the body, which no log of addresses shows.
    private static Call post(URI realm, Key key, RegistryCredential.IdentityToken identity) {
        List<String> form = new ArrayList<>(List.of("grant_type=refresh_token", "client_id=" + CLIENT));
        if (!key.service().isEmpty()) {
            form.add("service=" + encoded(key.service()));
        }
        if (!key.scope().parts().isEmpty()) {
            form.add("scope=" + encoded(String.join(" ", key.scope().parts())));
        }
        form.add("refresh_token=" + encoded(identity.token().reveal()));
        return Call.of("POST", realm)
                .with("Content-Type", "application/x-www-form-urlencoded")
                .with(Call.Body.of(String.join("&", form).getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> parameters(Key key) {
        List<String> query = new ArrayList<>();
        if (!key.service().isEmpty()) {
            query.add("service=" + encoded(key.service()));
        }
        key.scope().parts().forEach(part -> query.add("scope=" + encoded(part)));
        return query;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static Token read(Purpose purpose, Key key, Answer answer) throws IOException {
        try (answer) {
            int status = answer.status();
            if (answer.isPassing()) {
                throw new IOException("tokens are not given out: " + status);
            }
            if (status == Answer.UNAUTHORIZED || status == Answer.FORBIDDEN || status == Answer.BAD_REQUEST) {
                throw RegistryFailure.loginNeeded(
                        purpose,
                        answer.uri().getHost(),
                        key.credential().map(given -> "the registry refuses this login"));
            }
            if (status != Answer.OK) {
                throw RegistryFailure.of(purpose, answer);
            }
            return token(answer.bytes(LARGEST_ANSWER));
        }
    }

    private static Token token(byte[] answer) {
        JsonObject object = SecretDocument.parse(answer, "token");
        String text = object.optionalText("token")
                .filter(given -> !given.isEmpty())
                .or(() -> object.optionalText("access_token"))
                .orElseThrow(() -> object.wrong("there is no token in it"));
        long seconds = Math.clamp(object.optionalNumber("expires_in").orElse(USUAL_SECONDS), 0, LONGEST_SECONDS);
        return new Token(headed(text), System.nanoTime() + (seconds - MARGIN_SECONDS) * 1_000_000_000L);
    }

    private static Secret headed(String text) {
        try {
            Secret token = new Secret(text);
            if (token.fitsHeader()) {
                return token;
            }
        } catch (IllegalArgumentException unusable) {
            // told below
        }
        throw new CorruptedException("read", "token", "it is empty, too long, or has control characters", "");
    }
}
