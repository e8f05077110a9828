package io.darsena.engine.registry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.engine.registry.TestRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HttpTransportTest {

    private static final HttpTimes TIMES =
            new HttpTimes(Duration.ofMillis(400), Duration.ofMillis(400), Duration.ofMillis(400));

    @SuppressWarnings("NullAway.Init")
    private TestRegistry server;

    private final HttpClients clients = new HttpClients(TIMES, new ProxyChoice(Map.of()), "Test/1");

    @BeforeEach
    void open() throws IOException {
        server = new TestRegistry();
    }

    @AfterEach
    void close() throws IOException {
        clients.close();
        server.close();
    }

    private Answer get(String path) throws IOException {
        return clients.of(TlsChoice.gather(false, Optional.empty(), List.of()))
                .send(Call.of("GET", URI.create("http://" + server.host() + path)));
    }

    @Test
    void whatNobodyReadsIsNotTakenIn() throws Exception {
        AtomicLong written = new AtomicLong();
        server.behave((seen, reply) -> {
            reply.head(200, Map.of(), "Content-Length: 1000000000");
            byte[] part = new byte[1 << 16];
            while (written.get() < 1_000_000_000) {
                reply.write(part, 0, part.length);
                written.addAndGet(part.length);
            }
            return true;
        });
        try (Answer answer = get("/large")) {
            answer.body().readNBytes(100_000);
            Thread.sleep(500);
            assertThat(written.get()).as("what the sockets hold").isLessThan(32 << 20);
        }
    }

    @Test
    void aServerThatSaysNothingIsGivenUp() {
        server.behave((seen, reply) -> {
            reply.fallSilent();
            return true;
        });
        assertThatThrownBy(() -> get("/silent")).isInstanceOf(HttpTimeoutException.class);
    }

    @Test
    void anInterruptEndsTheWait() throws Exception {
        server.behave((seen, reply) -> {
            reply.head(200, Map.of(), "Content-Length: 10");
            reply.write("12345");
            reply.fallSilent();
            return true;
        });
        try (Answer answer = get("/half")) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> answer.body().readAllBytes()).isInstanceOf(java.io.InterruptedIOException.class);
            assertThatThrownBy(() -> get("/more")).isInstanceOf(CancellationException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void textsOfCallsHoldNoSecrets() {
        Call call = Call.of("GET", URI.create("https://registry.example/v2/x?signature=secret"))
                .with("Authorization", "Bearer secret");
        assertThat(call.toString())
                .isEqualTo("GET https://registry.example/v2/x")
                .doesNotContain("secret");
    }
}
