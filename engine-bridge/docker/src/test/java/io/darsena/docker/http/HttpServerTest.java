package io.darsena.docker.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HttpServerTest {

    private final CountDownLatch left = new CountDownLatch(1);
    private final List<SocketChannel> clients = new ArrayList<>();
    private Path directory = Paths.get("");
    private Path socket = Paths.get("");
    private HttpServer server;

    @BeforeEach
    void open() throws IOException {
        directory = Files.createTempDirectory("http");
        socket = directory.resolve("s");
        server = HttpServer.open(socket, this::handle);
    }

    private void handle(HttpExchange exchange) throws IOException {
        if (exchange.request().path().equals("/long")) {
            exchange.whenClientLeaves(left::countDown);
            try (OutputStream out = exchange.stream(200, "text/plain")) {
                out.write('x');
                left.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        } else if (exchange.request().path().equals("/pieces")) {
            try (OutputStream out = exchange.stream(200, "text/plain")) {
                out.write('a');
                out.write('b');
            }
        } else {
            exchange.reply(200, "text/plain", new byte[] {'y'});
        }
    }

    @AfterEach
    void close() throws IOException {
        for (SocketChannel client : clients) {
            client.close();
        }
        server.close();
        Files.deleteIfExists(directory);
    }

    private SocketChannel client(String text) throws IOException {
        SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        clients.add(client);
        try {
            client.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException turnedAway) {
            assertThat(turnedAway).hasMessage("Broken pipe");
        }
        return client;
    }

    /// To the end of the connection, or its reset: of a request that was not read.
    private static String answer(SocketChannel client) throws IOException {
        InputStream in = Channels.newInputStream(client);
        StringBuilder text = new StringBuilder();
        try {
            for (int next = in.read(); next >= 0; next = in.read()) {
                text.append((char) next);
            }
        } catch (SocketException reset) {
            assertThat(text).as(String.valueOf(reset.getMessage())).isNotEmpty();
        }
        return text.toString();
    }

    @Test
    void whoLeavesALongAnswerIsNoticed() throws Exception {
        SocketChannel client = client("GET /long HTTP/1.1\r\n\r\n");
        Channels.newInputStream(client).read();
        assertThat(left.await(100, TimeUnit.MILLISECONDS)).isFalse();

        client.close();

        assertThat(left.await(30, TimeUnit.SECONDS)).isTrue();
    }

    /// The answer would be lost with a connection that is closed while some of it is unread.
    @Test
    void whoSendsMuchHearsAnAnswerThatComesBeforeItIsRead() throws Exception {
        int length = 8 << 20;
        SocketChannel client =
                client("POST /short HTTP/1.1\r\nConnection: close\r\nContent-Length: " + length + "\r\n\r\n");
        ByteBuffer body = ByteBuffer.allocate(length);
        while (body.hasRemaining()) {
            client.write(body);
        }
        assertThat(answer(client)).startsWith("HTTP/1.1 200 ").endsWith("y");
    }

    /// RFC 9112, section 9.3: without the word it is over after one answer. Shells ask like this, with nc.
    @Test
    void anOldClientsConnectionEndsWithItsAnswer() throws Exception {
        String answer = answer(client("GET /short HTTP/1.0\r\n\r\n"));

        assertThat(answer).contains("Connection: close\r\n").endsWith("\r\n\r\ny");
    }

    @Test
    void anOldClientThatAsksForItSendsASecondRequest() throws Exception {
        String answers =
                answer(client("GET /short HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\nGET /short HTTP/1.0\r\n\r\n"));

        assertThat(answers).contains("Connection: keep-alive\r\n").containsOnlyOnce("yHTTP/1.1 200 ");
        assertThat(answers).endsWith("y");
    }

    @Test
    void anOldClientGetsNoChunks() throws Exception {
        String answer = answer(client("GET /pieces HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"));

        assertThat(answer)
                .doesNotContain("chunked")
                .contains("Connection: close\r\n")
                .endsWith("\r\n\r\nab");
    }

    @Test
    void theWordToCloseIsFoundAmongOthers() throws Exception {
        String answer = answer(client("GET /short HTTP/1.1\r\nConnection: TE, Close\r\n\r\n"));

        assertThat(answer).endsWith("\r\n\r\ny");
    }

    @Test
    void manyIdleClientsAreTurnedAwayAndDoNotEndTheServer() throws Exception {
        for (int i = 0; i < HttpServer.MOST_CONNECTIONS; i++) {
            client("GET /sh");
        }
        // Whose first byte has not been read yet makes room for another: until all have, some are served.
        String refused = "";
        while (!refused.startsWith("HTTP/1.1 503 ")) {
            client("GET /sh");
            refused = answer(client("GET /short HTTP/1.1\r\nConnection: close\r\n\r\n"));
        }
        assertThat(refused).contains("connections already");

        for (SocketChannel client : clients) {
            client.close();
        }
        String served = refused;
        while (served.startsWith("HTTP/1.1 503 ")) {
            served = answer(client("GET /short HTTP/1.1\r\nConnection: close\r\n\r\n"));
        }

        assertThat(served).startsWith("HTTP/1.1 200 ").endsWith("y");
    }

    @Test
    void aHeadThatIsTooLongIsRefused() throws Exception {
        String line = "X%d: " + "y".repeat(9000) + "\r\n";
        StringBuilder head = new StringBuilder("GET /short HTTP/1.1\r\n");
        for (int i = 0; i < 8; i++) {
            head.append(line.formatted(i));
        }

        assertThat(answer(client(head.append("\r\n").toString()))).startsWith("HTTP/1.1 431 ");
    }
}
