package io.darsena.docker.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bytes that are nearly requests: each is read as one, refused with a status, or ends too soon; nothing else happens.
/// An ordinary run tries some thousands, from seeds that are always the same; `-Ddarsena.fuzz.seconds=N` goes on with
/// fresh ones for so long, and a failure tells its seed.
class RequestFuzzTest {

    private static final int TRIES = 4000;
    private static final int LONGEST_BODY = 1 << 20;

    private static final List<String> SEEDS = List.of(
            "GET /_ping HTTP/1.1\r\nHost: docker\r\n\r\n",
            "POST /v1.45/containers/create?name=a%20b HTTP/1.1\r\nContent-Length: 2\r\nContent-Type: application/json\r\n\r\n{}",
            "POST /images/load HTTP/1.1\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n5;x=y\r\nhello\r\n0\r\nT: r\r\n\r\n",
            "DELETE /containers/%61?force=1&v HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
            "POST /x HTTP/1.1\r\nUpgrade: tcp\r\nConnection: Upgrade\r\n\r\n",
            "\r\n\r\nGET / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n");

    private static final List<String> PIECES = List.of(
            "\r\n",
            "\n",
            "\r",
            "\0",
            ":",
            " ",
            "  ",
            "%",
            "%zz",
            "%00",
            "?",
            "&",
            "=",
            "/",
            "//",
            "..",
            "HTTP/1.1",
            "-1",
            "ffffffffffffffff",
            "7fffffffffffffff",
            "9223372036854775808",
            "Content-Length: 99999999999\r\n",
            "Content-Length: -1\r\n",
            "Transfer-Encoding: chunked\r\n",
            "Transfer-Encoding: gzip, chunked\r\n",
            "0\r\n\r\n",
            "\u00ff",
            "x".repeat(20_000),
            "A: b\r\n".repeat(200));

    @Test
    @Timeout(120)
    void nearlyRequestsAreReadRefusedOrTooShort() throws IOException {
        for (long seed = 0; seed < TRIES; seed++) {
            tryOne(seed);
        }
        long end = System.nanoTime()
                + Duration.ofSeconds(Long.getLong("darsena.fuzz.seconds", 0)).toNanos();
        for (long seed = System.currentTimeMillis(); System.nanoTime() < end; seed++) {
            tryOne(seed);
        }
    }

    private static void tryOne(long seed) throws IOException {
        byte[] bytes = mutated(new Random(seed));
        try {
            readAll(bytes);
        } catch (RuntimeException | StackOverflowError unexpected) {
            throw new AssertionError(
                    "seed " + seed + " : " + new String(bytes, StandardCharsets.ISO_8859_1), unexpected);
        }
    }

    private static byte[] mutated(Random random) {
        StringBuilder text = new StringBuilder(SEEDS.get(random.nextInt(SEEDS.size())));
        IntStream.range(0, 1 + random.nextInt(6)).forEach(step -> mutate(text, random));
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void mutate(StringBuilder text, Random random) {
        int at = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), at + random.nextInt(8));
        switch (random.nextInt(5)) {
            case 0 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
            case 1 -> text.delete(at, to);
            case 2 -> text.insert(at, text.substring(at, to));
            case 3 -> text.setLength(at);
            default -> text.insert(at, (char) random.nextInt(256));
        }
    }

    /// As a connection's thread does: request after request, the bodies read to their end.
    private static void readAll(byte[] bytes) {
        InputStream in = new ByteArrayInputStream(bytes);
        RequestReader reader = new RequestReader(in, new ByteArrayOutputStream());
        try {
            for (Optional<HttpRequest> next = reader.next(); next.isPresent(); next = reader.next()) {
                HttpRequest request = next.get();
                assertThat(request.path()).startsWith("/");
                request.flag("force");
                assertThat(request.body().readNBytes(LONGEST_BODY).length).isLessThanOrEqualTo(bytes.length);
            }
        } catch (HttpException refused) {
            assertThat(refused.status()).isBetween(400, 501);
        } catch (IOException tooShort) {
            assertThat(tooShort).hasMessageContaining("ended within");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
                "GET / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
                "GET / HTTP/1.1\r\nContent-Length: +1\r\n\r\n",
                "GET / HTTP/1.1\r\nContent-Length : 1\r\n\r\n",
                "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n\r\n",
                "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n+1\r\nx\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n0\r\n\r\n",
                "GET http://x/ HTTP/1.1\r\n\r\n",
                "GET / HTTP/2.0\r\n\r\n",
                "GET /\r\n\r\n",
                "GET /%zz HTTP/1.1\r\n\r\n"
            })
    void whatIsAmbiguousIsRefused(String text) throws IOException {
        RequestReader reader = new RequestReader(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)), new ByteArrayOutputStream());
        try {
            HttpRequest request = reader.next().orElseThrow();
            request.body().readAllBytes();
        } catch (HttpException refused) {
            assertThat(refused.status()).isEqualTo(400);
            return;
        }
        throw new AssertionError("it was taken: " + text);
    }
}
