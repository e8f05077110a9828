package io.darsena.docker.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.Engine;
import io.darsena.bridge.fake.FakeEngine;
import io.darsena.bridge.fake.FakeRegistries;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.image.Images;
import io.darsena.bridge.registry.RegistryHost;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What clients other than the docker command may send about registries, byte by byte, and what none of them is
/// told.
@Timeout(60)
final class RegistryRequestsTest {

    private static final String SECRET = "hunter2-very-secret";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final FakeEngine engine = new FakeEngine();
    private final FakeRegistries registries = engine.registries();

    @SuppressWarnings("NullAway.Init")
    private DockerApiServer server;

    private Images images() {
        return ((Engine) engine).images();
    }

    @BeforeEach
    void serve() throws IOException {
        server = DockerApiServer.open(engine, directory.resolve("s"), directory.resolve("uploads"));
    }

    @AfterEach
    void close() {
        server.close();
        engine.close();
    }

    private SocketChannel open(String head, String body) throws IOException {
        SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(directory.resolve("s")));
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        String request = head + "\r\nConnection: close\r\nContent-Length: " + length + "\r\n\r\n" + body;
        client.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8)));
        return client;
    }

    private String answer(String head, String body) throws IOException {
        try (SocketChannel client = open(head, body)) {
            return new String(Channels.newInputStream(client).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String pull(String query, String header) throws IOException {
        return answer("POST /v1.51/images/create?" + query + " HTTP/1.1\r\nX-Registry-Auth: " + header, "");
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "!" + SECRET,
                "eyJ1c2VybmFtZSI6",
                "bm90IGpzb246IGh1bnRlcjItdmVyeS1zZWNyZXQ=",
                "WyJodW50ZXIyLXZlcnktc2VjcmV0Il0=",
                "eyJ1c2VybmFtZSI6eyJodW50ZXIyLXZlcnktc2VjcmV0IjoxfX0="
            })
    void aHeaderThatIsNoLoginIsRefusedWithoutTellingIt(String header) throws IOException {
        registries.publish("nginx:1", 1);
        assertThat(pull("fromImage=nginx&tag=1", header))
                .startsWith("HTTP/1.1 400 ")
                .contains("X-Registry-Auth")
                .doesNotContain("hunter2");
        assertThat(images().find("nginx:1")).isEmpty();
    }

    @Test
    void aLoginHalfGivenIsRefusedWithoutTellingIt() throws IOException {
        for (String half : List.of(
                "{\"username\":\"ada\"}",
                "{\"password\":\"" + SECRET + "\"}",
                "{\"username\":\"a:b\",\"password\":\"" + SECRET + "\"}",
                "{\"username\":\"ada\",\"password\":\"" + SECRET + "\\u0000\"}",
                "{\"identitytoken\":\"" + SECRET + "\\n\"}",
                "{\"identitytoken\":[\"" + SECRET + "\"]}")) {
            assertThat(pull("fromImage=nginx&tag=1", encoded(half)))
                    .as(half)
                    .startsWith("HTTP/1.1 400 ")
                    .doesNotContain("hunter2");
            assertThat(answer("POST /auth HTTP/1.1", half))
                    .as(half)
                    .startsWith("HTTP/1.1 400 ")
                    .doesNotContain("hunter2");
        }
        assertThat(answer("POST /auth HTTP/1.1", SECRET))
                .startsWith("HTTP/1.1 400 ")
                .doesNotContain("hunter2");
    }

    @Test
    void whoIsNotLoggedInIsAnonymousInAllItsForms() throws IOException {
        registries.publish("nginx:1", 1);
        for (String header : List.of(
                "", encoded("{}"), encoded("null"), encoded("{\"username\":\"\",\"password\":\"\",\"auth\":\"\"}"))) {
            assertThat(pull("fromImage=nginx&tag=1", header)).as(header).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void everyKindOfCredentialIsShown() throws IOException {
        registries.publish("private.example/web:1", 1);
        for (String login : List.of(
                "{\"username\":\"ada\",\"password\":\"ü\",\"serveraddress\":\"private.example\"}",
                "{\"username\":\"<token>\",\"identitytoken\":\"t\"}",
                "{\"registrytoken\":\"t\"}")) {
            assertThat(pull("fromImage=private.example/web&tag=1", encoded(login)))
                    .as(login)
                    .startsWith("HTTP/1.1 200 ");
        }
        assertThat(pull("fromImage=private.example/web&tag=1", encoded("{}"))).startsWith("HTTP/1.1 403 ");
    }

    @Test
    void aHugeHeaderIsRefused() throws IOException {
        assertThat(pull("fromImage=nginx", "A".repeat(20 << 10))).startsWith("HTTP/1.1 431 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fromImage=NGINX&tag=1",
                "fromImage=nginx&tag=.hidden",
                "fromImage=nginx&tag=1%2F2",
                "fromImage=nginx&tag=sha256:12",
                "fromImage=%2F..%2Fetc&tag=1",
                "fromImage=http://localhost:5000/web&tag=1",
                "fromImage=nginx%00&tag=1",
                "fromImage=nginx&tag=1&platform=linux%2F",
                "fromImage=nginx&tag=1&platform=%0A",
                "fromImage=nginx&tag=1&platform=a/b/c/d",
                "fromImage=nginx&tag=1&platform=marsupial",
                "tag=1"
            })
    void oddNamesAndPlatformsAreRefused(String query) throws IOException {
        assertThat(pull(query, "")).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void anImageOfATarArchiveIsRefusedByName() throws IOException {
        assertThat(answer("POST /images/create?fromSrc=-&repo=mine HTTP/1.1", "tar"))
                .startsWith("HTTP/1.1 501 ")
                .contains("docker import");
        assertThat(answer("POST /images/darsena/starter/push?tag=latest&platform=%7B%7D HTTP/1.1", ""))
                .startsWith("HTTP/1.1 501 ")
                .contains("--platform");
        assertThat(answer("POST /images/a@sha256:" + "0".repeat(64) + "/push HTTP/1.1", ""))
                .startsWith("HTTP/1.1 400 ");
    }

    @Test
    void aLoginIsTriedAndNotKept() throws IOException {
        String login = "{\"username\":\"ada\",\"password\":\"%s\",\"serveraddress\":\"%s\"}";
        assertThat(answer("POST /auth HTTP/1.1", login.formatted("right", "https://private.example/v2/")))
                .startsWith("HTTP/1.1 200 ")
                .endsWith("{\"IdentityToken\":\"\",\"Status\":\"Login Succeeded\"}");
        assertThat(answer("POST /auth HTTP/1.1", login.formatted(FakeRegistries.WRONG_PASSWORD, "private.example")))
                .startsWith("HTTP/1.1 401 Unauthorized")
                .contains("it refuses this name and password");
        assertThat(answer("POST /auth HTTP/1.1", login.formatted("x", "https://ada:" + SECRET + "@private.example/")))
                .startsWith("HTTP/1.1 400 ")
                .doesNotContain("hunter2");
        assertThat(answer("POST /auth HTTP/1.1", "{}")).startsWith("HTTP/1.1 400 ");
        assertThat(registries.logins()).isEmpty();
    }

    @Test
    void whatANameStandsForIsTold() throws IOException {
        Image image = registries.publish("[::1]:5000/a/b/c:1", 1);
        assertThat(answer("GET /v1.51/distribution/[::1]:5000/a/b/c:1/json HTTP/1.1", ""))
                .startsWith("HTTP/1.1 200 ")
                .endsWith("{\"Descriptor\":{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"digest\":\""
                        + image.manifest()
                        + "\",\"size\":500},\"Platforms\":[{\"architecture\":\"amd64\",\"os\":\"linux\"}]}");
        assertThat(answer("GET /v1.51/distribution/no/such/json HTTP/1.1", "")).startsWith("HTTP/1.1 404 ");
    }

    @Test
    void aMisunderstoodSearchOrPruneIsRefused() throws IOException {
        for (String query : List.of(
                "",
                "?term=a&limit=x",
                "?term=a&limit=-1",
                "?term=a&limit=101",
                "?term=a&filters=%7B%22stars%22:%5B%22many%22%5D%7D",
                "?term=a&filters=%7B%22is-official%22:%5B%22perhaps%22%5D%7D",
                "?term=a&filters=%7B%22colour%22:%5B%22red%22%5D%7D")) {
            assertThat(answer("GET /images/search" + query + " HTTP/1.1", ""))
                    .as(query)
                    .startsWith("HTTP/1.1 400 ");
        }
        assertThat(answer("POST /images/prune?filters=%7B%22until%22:%5B%221h%22%5D%7D HTTP/1.1", ""))
                .startsWith("HTTP/1.1 400 ");
    }

    @Test
    void whoStopsReadingHoldsUpItsOwnAnswerAlone() throws Exception {
        registries.publish("nginx:1", 2000);
        try (SocketChannel stopped = open("POST /images/create?fromImage=nginx&tag=1 HTTP/1.1", "")) {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (images().find("nginx:1").isEmpty()) {
                assertThat(System.nanoTime()).as("the pull goes on").isLessThan(deadline);
                Thread.sleep(5);
            }
        }
    }

    @Test
    void whoGoesInMidPushCancelsIt() throws Exception {
        registries.takeTime(Duration.ofMillis(500));
        images().tag(
                        images().find(FakeEngine.STARTER).orElseThrow().id(),
                        ImageReference.parse("localhost:5000/web:1"));
        try (SocketChannel client = open("POST /images/localhost:5000/web/push?tag=1 HTTP/1.1", "")) {
            awaitUnderWay(1);
        }
        awaitUnderWay(0);
        assertThat(registries.tags(new RegistryHost("localhost:5000"), "web", 10))
                .isEmpty();
    }

    private void awaitUnderWay(int count) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (registries.underWay() != count) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.sleep(5);
        }
    }

    @Test
    void aRequestOfDarsenasOwnThatIsNoneTellsNoSecret() throws IOException {
        for (String body : List.of(
                SECRET,
                "{\"registry\":\"private.example\",\"credential\":\"" + SECRET + "\"}",
                "{\"registry\":\"private.example\",\"credential\":{\"@type\":\"" + SECRET + "\"}}",
                "{\"credential\":{\"@type\":\"IdentityToken\",\"token\":\"" + SECRET + "\"}}",
                "{\"registry\":\"private.example\",\"credential\":" + "{\"@type\":\"IdentityToken\",\"token\":[\""
                        + SECRET + "\"]}}",
                "{\"registry\":\"private.example\"}",
                "{}")) {
            assertThat(answer("POST /darsena/v1/registries/login HTTP/1.1", body))
                    .as(body)
                    .startsWith("HTTP/1.1 400 ")
                    .doesNotContain("hunter2");
        }
        assertThat(answer("POST /darsena/v1/registries/pull HTTP/1.1", "{}")).startsWith("HTTP/1.1 400 ");
        for (String listing : List.of(
                "{\"registry\":\"a b\",\"of\":\"c\",\"limit\":1}",
                "{\"registry\":\"ab\",\"limit\":1}",
                "{\"registry\":\"ab\",\"of\":\"c\",\"limit\":-1}",
                "{\"registry\":\"ab\",\"of\":\"c\",\"limit\":1,\"credential\":\"" + SECRET + "\"}")) {
            for (String list : List.of("tags", "search")) {
                assertThat(answer("POST /darsena/v1/registries/" + list + " HTTP/1.1", listing))
                        .as(listing)
                        .startsWith("HTTP/1.1 400 ")
                        .doesNotContain("hunter2");
            }
        }
        assertThat(registries.logins()).isEmpty();
    }
}
