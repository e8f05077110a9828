package io.darsena.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.error.DeniedException;
import io.darsena.bridge.error.UnavailableException;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.PullRequest;
import io.darsena.bridge.registry.RegistryAnswer.Access;
import io.darsena.bridge.registry.RegistryConfig;
import io.darsena.bridge.registry.RegistryCredential;
import io.darsena.bridge.registry.RegistryCredential.IdentityToken;
import io.darsena.bridge.registry.RegistryCredential.Password;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.bridge.registry.RegistryLogin;
import io.darsena.bridge.registry.Secret;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What is shown to whom.
@Timeout(60)
class AuthorizationTest extends AgainstRegistry {

    private static final TestImage IMAGE = TestImage.of(1, 2, 20_000);
    private static final RegistryCredential ANN = new Password(TokenServer.USER, new Secret(TokenServer.PASSWORD));

    /// The first byte of a client that speaks TLS: the type of its record (RFC 8446, 5.1).
    private static final int TLS_HANDSHAKE = 22;

    private final TokenServer tokens = new TokenServer();

    @BeforeEach
    void publish() {
        IMAGE.publish(registry, "team/a", "1");
    }

    private String name() {
        return registry.host() + "/team/a:1";
    }

    private RegistryHost host() {
        return new RegistryHost(registry.host());
    }

    private PullRequest as(RegistryCredential credential) {
        return new PullRequest(ImageReference.parse(name()), Optional.empty(), Optional.of(credential));
    }

    private void basic() {
        registry.behave((seen, reply) ->
                !seen.header("authorization").equals(TokenServer.basic(TokenServer.USER, TokenServer.PASSWORD))
                        && reply.sent(401, Map.of("WWW-Authenticate", "Basic realm=\"test\""), ""));
    }

    @Test
    void everybodyGetsATokenWhereEverybodyMay() {
        tokens.anonymous = true;
        registry.behave(tokens);
        subject.pull(name());
        assertThat(tokens.asked).hasSizeBetween(1, 2);
        assertThat(tokens.asked.getLast().query())
                .contains("service=test+service", "scope=repository%3Ateam%2Fa%3Apull");
        assertThat(subject.registries.probe(host()).access()).isEqualTo(Access.OPEN);
    }

    @Test
    void aNameAndAPasswordGetATokenAndAreShownNowhereElse() {
        registry.behave(tokens);
        assertThatThrownBy(() -> subject.pull(name()))
                .isInstanceOf(DeniedException.class)
                .hasMessageContaining("log in");
        assertThat(subject.registries.probe(host()).access()).isEqualTo(Access.LOGIN_NEEDED);
        subject.pull(as(ANN));
        assertThat(registry.seen)
                .filteredOn(seen -> seen.header("authorization").startsWith("Basic"))
                .extracting(TestRegistry.Seen::path)
                .containsOnly("/token");
    }

    @Test
    void aPasswordOfSeveralLinesIsShownAsItIs() {
        String key = "{\n  \"type\": \"service_account\"\r\n}\n";
        registry.behave((seen, reply) -> !seen.header("authorization").equals(TokenServer.basic("_json_key", key))
                && reply.sent(401, Map.of("WWW-Authenticate", "Basic realm=\"test\""), ""));
        subject.registries.login(host(), new Password("_json_key", new Secret(key)));
        subject.pull(name());
        assertThat(subject.image(name()).layers()).hasSize(2);
    }

    @Test
    void aTokenThatIsRevokedInMidPullIsRenewedOnce() {
        registry.behave(tokens);
        AtomicBoolean first = new AtomicBoolean(true);
        registry.behave((seen, reply) -> {
            if (seen.path().endsWith(IMAGE.layers().getFirst().toString()) && first.getAndSet(false)) {
                tokens.revoke();
            }
            return false;
        });
        subject.pull(as(ANN));
        assertThat(subject.image(name()).layers()).hasSize(2);
    }

    @Test
    void aRegistryThatIsNeverContentIsGivenUp() {
        registry.behave(tokens);
        registry.behave((seen, reply) -> {
            if (seen.isBlob()) {
                tokens.revoke();
            }
            return false;
        });
        assertThatThrownBy(() -> subject.pull(as(ANN))).isInstanceOf(DeniedException.class);
        assertThat(subject.cache.images.list()).isEmpty();
    }

    @Test
    void anIdentityTokenIsPostedAndWhereNobodyTakesItThatWayShown() {
        registry.behave(tokens);
        RegistryCredential identity = new IdentityToken(new Secret(TokenServer.REFRESH));
        subject.pull(as(identity));
        assertThat(tokens.asked).extracting(TestRegistry.Seen::method).containsOnly("POST");
        assertThat(tokens.asked).extracting(TestRegistry.Seen::query).containsOnly("");
        tokens.knowsPost = false;
        tokens.revoke();
        subject.registries.check(host(), identity);
        assertThat(tokens.asked).extracting(TestRegistry.Seen::method).contains("GET");
    }

    @Test
    void anIdentityTokenIsNotRedirectedToAnotherPlace() throws Exception {
        registry.behave(tokens);
        try (TestRegistry elsewhere = new TestRegistry()) {
            registry.behave((seen, reply) -> seen.path().equals("/token")
                    && reply.sent(307, Map.of("Location", "http://" + elsewhere.host() + "/token"), ""));
            assertThatThrownBy(() -> subject.pull(as(new IdentityToken(new Secret(TokenServer.REFRESH)))))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("it redirects a secret to http://" + elsewhere.host());
            assertThat(elsewhere.seen).isEmpty();
            registry.behave((seen, reply) -> seen.path().equals("/token")
                    && seen.query().isEmpty()
                    && reply.sent(308, Map.of("Location", "/token?here"), ""));
            registry.behave((seen, reply) -> seen.query().equals("here") && tokens.answer(seen, reply));
            subject.pull(as(new IdentityToken(new Secret(TokenServer.REFRESH))));
        }
    }

    @Test
    void tokensAreNotGotFromAnotherMachineByPlainHttp() {
        tokens.realm = "http://token.example/token";
        registry.behave(tokens);
        assertThatThrownBy(() -> subject.pull(as(ANN)))
                .isInstanceOf(DeniedException.class)
                .hasMessageContaining("plain HTTP");
    }

    @Test
    void aRedirectToAnotherPlaceTakesNoAuthorizationWithIt() throws Exception {
        basic();
        try (TestRegistry elsewhere = new TestRegistry()) {
            IMAGE.publish(elsewhere, "team/a", "1");
            registry.behave((seen, reply) -> seen.isBlob()
                    && reply.sent(
                            307, Map.of("Location", "http://" + elsewhere.host() + seen.path() + "?signature=1"), ""));
            subject.pull(as(ANN));
            assertThat(elsewhere.seen).isNotEmpty();
            assertThat(elsewhere.seen)
                    .extracting(seen -> seen.header("authorization"))
                    .containsOnly("");
        }
    }

    /// Wants a token from itself for whatever it is asked.
    private static TestRegistry thief() throws IOException {
        TestRegistry thief = new TestRegistry();
        return thief.behave((seen, reply) -> reply.sent(
                401,
                Map.of("WWW-Authenticate", "Bearer realm=\"http://" + thief.host() + "/token\",service=\"x\""),
                ""));
    }

    @Test
    void whoARedirectLeadsToCannotAskForThePassword() throws Exception {
        registry.behave(tokens);
        try (TestRegistry thief = thief()) {
            registry.behave((seen, reply) ->
                    seen.isBlob() && reply.sent(307, Map.of("Location", "http://" + thief.host() + seen.path()), ""));
            assertThatThrownBy(() -> subject.pull(as(ANN)))
                    .isInstanceOf(DeniedException.class)
                    .hasMessageContaining("does not allow it");
            assertGotNoSecret(thief);
            assertThat(subject.registries.probe(host()).access())
                    .as("it is still the registry that says what it wants")
                    .isEqualTo(Access.LOGIN_NEEDED);
            assertGotNoSecret(thief);
        }
    }

    private static void assertGotNoSecret(TestRegistry thief) {
        assertThat(thief.seen)
                .isNotEmpty()
                .allSatisfy(seen -> assertThat(seen.header("authorization")).isEmpty());
        assertThat(thief.count("GET", "/token")).isZero();
    }

    @Test
    void whoTakesAnUploadCannotAskForThePassword() throws Exception {
        subject.pull(name());
        subject.cache.images.tag(subject.image(name()).id(), ImageReference.parse(registry.host() + "/copy:1"));
        registry.blobs.clear();
        registry.behave(tokens);
        try (TestRegistry thief = thief()) {
            registry.behave((seen, reply) -> seen.path().endsWith("/uploads/")
                    && !seen.header("authorization").isEmpty()
                    && reply.sent(202, Map.of("Location", "http://" + thief.host() + "/put"), ""));
            assertThatThrownBy(() -> subject.registries.push(
                            ImageReference.parse(registry.host() + "/copy:1"), Optional.of(ANN), told -> {}))
                    .isInstanceOf(DeniedException.class);
            subject.registries.check(host(), ANN);
            assertGotNoSecret(thief);
        }
    }

    @Test
    void aRedirectOutOfTlsIsRefused() throws Exception {
        TestCertificate.make(temporary);
        try (TestRegistry encrypted = new TestRegistry(TestCertificate.sockets(temporary))) {
            IMAGE.publish(encrypted, "team/a", "1");
            RegistryHost secure = new RegistryHost(encrypted.host());
            subject.settings = subject.settings.with(
                    new RegistryConfig(secure, false, List.of(), Optional.of(TestCertificate.of(temporary))));
            encrypted.behave((seen, reply) -> seen.isBlob()
                    && reply.sent(307, Map.of("Location", "http://" + registry.host() + seen.path()), ""));
            assertThatThrownBy(() -> subject.pull(encrypted.host() + "/team/a:1"))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("from TLS to plain HTTP");
            assertThat(registry.seen).isEmpty();
        }
    }

    /// One that speaks TLS tells plain HTTP that it does not understand.
    @Test
    void aRegistryThatIsSlowWithTlsIsNotTakenForOneOfPlainHttp() throws Exception {
        List<Socket> stalled = new CopyOnWriteArrayList<>();
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            Thread.ofPlatform().daemon().start(() -> refusePlainAndStallTls(server, stalled));
            assertThatThrownBy(() -> subject.pull("127.0.0.1:" + server.getLocalPort() + "/team/a:1"))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("cannot be reached")
                    .hasMessageContaining("timed out");
            assertThat(stalled).isNotEmpty();
        } finally {
            for (Socket each : stalled) {
                each.close();
            }
        }
    }

    private static void refusePlainAndStallTls(ServerSocket server, List<Socket> stalled) {
        while (!server.isClosed()) {
            try {
                Socket connection = server.accept();
                if (connection.getInputStream().read() == TLS_HANDSHAKE) {
                    stalled.add(connection);
                } else {
                    connection
                            .getOutputStream()
                            .write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
                    connection.close();
                }
            } catch (IOException closed) {
                return;
            }
        }
    }

    @Test
    void anUploadThatIsSentElsewhereTakesNoAuthorizationWithIt() throws Exception {
        subject.pull(name());
        subject.cache.images.tag(subject.image(name()).id(), ImageReference.parse(registry.host() + "/copy:1"));
        basic();
        try (TestRegistry elsewhere = new TestRegistry()) {
            elsewhere.behave((seen, reply) -> reply.sent(201, Map.of(), ""));
            registry.behave((seen, reply) -> seen.path().endsWith("/uploads/")
                    && reply.sent(202, Map.of("Location", "http://" + elsewhere.host() + "/put?key=1"), ""));
            registry.behave((seen, reply) -> seen.method().equals("HEAD")
                    && seen.isBlob()
                    && !seen.header("authorization").isEmpty()
                    && reply.sent(404, Map.of(), ""));
            subject.registries.push(ImageReference.parse(registry.host() + "/copy:1"), Optional.of(ANN), told -> {});
            assertThat(elsewhere.seen).hasSize(3);
            assertThat(elsewhere.seen)
                    .extracting(seen -> seen.header("authorization"))
                    .containsOnly("");
        }
    }

    @Test
    void aLoginIsKeptUntilTheLogout() throws Exception {
        basic();
        assertThatThrownBy(() -> subject.registries.login(host(), new Password("ann", new Secret("wrong"))))
                .isInstanceOf(DeniedException.class)
                .hasMessageContaining("refuses this login");
        assertThat(subject.registries.logins()).isEmpty();
        RegistryLogin login = subject.registries.login(host(), ANN);
        assertThat(login.user()).isEqualTo("ann");
        assertThat(login.plain()).isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(login.keptBy()))))
                .isEqualTo("rw-------");
        assertThat(subject.registries.logins()).containsExactly(login);
        assertThat(subject.registries.probe(host()).access()).isEqualTo(Access.GRANTED);
        subject.pull(name());
        subject.registries.logout(host());
        assertThat(subject.registries.logins()).isEmpty();
        assertThat(Files.readString(Path.of(login.keptBy()))).doesNotContain("s3cr");
        assertThat(subject.registries.probe(host()).access()).isEqualTo(Access.LOGIN_NEEDED);
    }

    @Test
    void noErrorHoldsASecret() throws Exception {
        registry.behave(tokens);
        registry.behave((seen, reply) ->
                seen.isBlob() && reply.sent(307, Map.of("Location", "http://127.0.0.1:1/x?X-Signature=topsecret"), ""));
        Throwable failure = org.assertj.core.api.Assertions.catchThrowable(() -> subject.pull(as(ANN)));
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain("s3cr", "token-1", "topsecret");
        assertThat(subject.told.toString()).doesNotContain("s3cr", "token-", "topsecret");
    }
}
