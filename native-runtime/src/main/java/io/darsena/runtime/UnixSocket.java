package io.darsena.runtime;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/// Connects to Unix sockets wherever they lie. The kernel takes 107 bytes of a path (`unix(7)`, `sun_path`), Java one
/// less (JDK 25); a socket with a longer one is reached through a symbolic link to its directory, which lives as long
/// as the connecting takes.
final class UnixSocket {

    private static final int LONGEST_PATH = 106;

    private UnixSocket() {}

    /// A blocking channel, connected. An interruption neither ends this nor is lost.
    static SocketChannel connect(Path socket) throws IOException {
        return connect(socket, true);
    }

    /// A channel that does not block, connected: does not wait until a listener that was stopped, or hangs,
    /// takes those who are before.
    ///
    /// @throws IOException caused by a [java.net.ConnectException] when nobody listens
    static SocketChannel connectAtOnce(Path socket) throws IOException {
        return connect(socket, false);
    }

    private static SocketChannel connect(Path socket, boolean blocking) throws IOException {
        if (length(socket) <= LONGEST_PATH) {
            return connectDirectly(socket, blocking);
        }
        Path parent = Objects.requireNonNull(socket.toAbsolutePath().getParent(), "a socket lies in a directory");
        Path shortcuts = Files.createTempDirectory("darsena");
        Path link = shortcuts.resolve("d");
        try {
            Files.createSymbolicLink(link, parent);
            Path shortcut = link.resolve(socket.getFileName());
            if (length(shortcut) > LONGEST_PATH) {
                throw new IOException(
                        "connect to %s: its path is longer than %d bytes, and so is the one through %s (set java.io.tmpdir to a shorter one)"
                                .formatted(socket, LONGEST_PATH, shortcuts));
            }
            return connectDirectly(shortcut, blocking);
        } finally {
            Files.deleteIfExists(link);
            Files.deleteIfExists(shortcuts);
        }
    }

    private static SocketChannel connectDirectly(Path socket, boolean blocking) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
                try {
                    channel.configureBlocking(blocking);
                    channel.connect(UnixDomainSocketAddress.of(socket));
                    return channel;
                } catch (ClosedByInterruptException e) {
                    interrupted = Thread.interrupted();
                } catch (IOException e) {
                    channel.close();
                    throw new IOException("connect to " + socket + ": " + e.getMessage(), e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static int length(Path socket) {
        return socket.toString().getBytes(StandardCharsets.UTF_8).length;
    }
}
