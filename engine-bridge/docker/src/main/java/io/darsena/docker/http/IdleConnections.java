package io.darsena.docker.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Connections without a request under way, longest first. Clients keep such ones for later and bear it when they are
/// closed (RFC 9112, section 9.5).
final class IdleConnections {

    private static final Logger LOG = LoggerFactory.getLogger(IdleConnections.class);

    private final Set<SocketChannel> waiting = new LinkedHashSet<>();

    /// Waits for the beginning of a request.
    ///
    /// @return false when the client closed the connection, or it was closed to make room
    boolean awaitFirstByte(SocketChannel connection, BufferedInputStream in) throws IOException {
        add(connection);
        try {
            in.mark(1);
            boolean begun = in.read() >= 0;
            in.reset();
            return begun;
        } finally {
            remove(connection);
        }
    }

    /// From its first moment a connection has no request under way. One that is here keeps its place.
    synchronized void add(SocketChannel connection) {
        waiting.add(connection);
    }

    synchronized void remove(SocketChannel connection) {
        waiting.remove(connection);
    }

    /// The one that was closed; empty when none is idle.
    synchronized Optional<SocketChannel> closeLongest() {
        Iterator<SocketChannel> oldest = waiting.iterator();
        while (oldest.hasNext()) {
            SocketChannel connection = oldest.next();
            oldest.remove();
            // One that was closed before its thread began is here once more, and makes no room.
            if (connection.isOpen()) {
                close(connection);
                return Optional.of(connection);
            }
        }
        return Optional.empty();
    }

    static void close(SocketChannel connection) {
        try {
            connection.close();
        } catch (IOException failure) {
            LOG.debug("closing a connection failed: {}", failure.getMessage());
        }
    }
}
