package io.darsena.docker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Clients that come in numbers, slowly, by halves, or to a place that is not theirs.
@Timeout(60)
class HostileClientTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final List<SocketChannel> clients = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    private Path socket = Path.of("");

    @BeforeEach
    void open() throws IOException {
        socket = directory.resolve("s");
        server = HttpServer.open(socket, HostileClientTest::answer, Duration.ofMillis(300));
    }

    private static void answer(HttpExchange exchange) throws IOException {
        exchange.reply(200, "text/plain", exchange.request().body().readAllBytes());
    }

    @AfterEach
    void close() throws IOException {
        for (SocketChannel client : clients) {
            client.close();
        }
        server.close();
        assertThat(directory).isEmptyDirectory();
    }

    private SocketChannel connect() throws IOException {
        SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        clients.add(client);
        return client;
    }

    private static void send(SocketChannel client, String text) throws IOException {
        client.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String rest(SocketChannel client) throws IOException {
        InputStream in = Channels.newInputStream(client);
        return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    }

    @Test
    void aThousandWhoSayNothingLeaveRoomForOneWhoDoes() throws Exception {
        for (int i = 0; i < HttpServer.MOST_CONNECTIONS + 100; i++) {
            connect();
        }
        SocketChannel client = connect();
        send(client, "GET / HTTP/1.1\r\nConnection: close\r\n\r\n");
        assertThat(rest(client)).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void aHeadThatNeverEndsIsNotWaitedFor() throws Exception {
        SocketChannel slow = connect();
        send(slow, "GET / HT");
        assertThat(rest(slow)).isEmpty();
    }

    @Test
    void whoSaysNothingIsNotHurried() throws Exception {
        SocketChannel idle = connect();
        SocketChannel slow = connect();
        send(slow, "GET");
        assertThat(rest(slow)).isEmpty();
        send(idle, "GET / HTTP/1.1\r\nConnection: close\r\n\r\n");
        assertThat(rest(idle)).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void whoShutsItsSendingSideIsAnsweredStill() throws Exception {
        SocketChannel half = connect();
        send(half, "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
        half.shutdownOutput();
        assertThat(rest(half)).startsWith("HTTP/1.1 200 ").endsWith("abc");
    }

    @Test
    void severalRequestsAtOnceAreAnsweredInOrder() throws Exception {
        SocketChannel client = connect();
        send(
                client,
                "POST / HTTP/1.1\r\nContent-Length: 1\r\n\r\n1POST / HTTP/1.1\r\nContent-Length: 1\r\n"
                        + "Connection: close\r\n\r\n2");
        assertThat(rest(client)).matches("(?s)HTTP/1.1 200 .*\r\n\r\n1HTTP/1.1 200 .*\r\n\r\n2");
    }

    @Test
    void theSocketIsItsOwnersAndIsTakenByOneServerAtATime() throws Exception {
        assertThat(Files.getPosixFilePermissions(socket)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThatThrownBy(() -> HttpServer.open(socket, HostileClientTest::answer))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("another process serves on");
        SocketChannel client = connect();
        send(client, "GET / HTTP/1.1\r\nConnection: close\r\n\r\n");
        assertThat(rest(client)).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void aFileIsNotReplacedAndALongPathIsRefused() throws Exception {
        Path precious = Files.writeString(directory.resolve("precious"), "text");
        assertThatThrownBy(() -> HttpServer.open(precious, HostileClientTest::answer))
                .hasMessageContaining("no socket lies at");
        assertThat(precious).hasContent("text");
        Files.delete(precious);
        assertThatThrownBy(() -> HttpServer.open(directory.resolve("x".repeat(120)), HostileClientTest::answer))
                .hasMessageContaining("too long for a socket");
        assertThatThrownBy(() -> HttpServer.open(directory.resolve("no/where"), HostileClientTest::answer))
                .hasMessageContaining("there is no directory");
    }

    @Test
    void ownAndRootsProcessesAreTrustedAndNoOthers() throws Exception {
        assertThat(PeerCredentials.isTrusted(PeerCredentials.user(0))).isTrue();
        assertThat(PeerCredentials.isTrusted(Files.getOwner(Path.of("/proc/self"))))
                .isTrue();
        assertThat(PeerCredentials.isTrusted(PeerCredentials.user(4_000_000))).isFalse();
        assertThat(PeerCredentials.isTrusted(connect())).isTrue();
    }
}
