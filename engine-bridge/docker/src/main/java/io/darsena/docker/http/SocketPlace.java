package io.darsena.docker.http;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The place of a server's socket in the file system. One server has it at a time: a lock beside it, which the kernel
/// lets go of when the process ends, decides between two that start at once; a socket that nobody serves any more is
/// replaced, and nothing else is.
final class SocketPlace implements AutoCloseable {

    /// Bytes of a path that Java binds and connects to: one less than the kernel takes (unix(7)).
    private static final int LONGEST_PATH = 106;

    /// Clients connect without waiting: those beyond it are turned away.
    private static final int BACKLOG = 1024;

    /// Places of this JVM: record locks do not tell its threads apart, and closing another channel of a file would let
    /// go of them.
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path socket;
    private final Path lock;
    private final FileChannel held;
    private volatile boolean bound;

    private SocketPlace(Path socket, Path lock, FileChannel held) {
        this.socket = socket;
        this.lock = lock;
        this.held = held;
    }

    /// @throws IOException when another server has it, or it cannot be had
    static SocketPlace take(Path wanted) throws IOException {
        Path directory = wanted.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw new IOException("there is no directory " + directory + "; make it first");
        }
        Path socket = directory.toRealPath().resolve(wanted.getFileName());
        Path lock = socket.resolveSibling("." + socket.getFileName() + ".lock");
        if (socket.resolveSibling(fresh()).toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH
                || socket.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH) {
            throw new IOException("the path " + socket + " is too long for a socket; choose one of at most "
                    + LONGEST_PATH + " bytes");
        }
        if (!HELD_HERE.add(lock)) {
            throw taken(socket);
        }
        try {
            return new SocketPlace(socket, lock, hold(socket, lock));
        } catch (IOException | RuntimeException failure) {
            HELD_HERE.remove(lock);
            throw failure;
        }
    }

    private static FileChannel hold(Path socket, Path lock) throws IOException {
        FileChannel channel = FileChannel.open(
                lock,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            if (channel.tryLock() == null || isServed(socket)) {
                throw taken(socket);
            }
            return channel;
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    private static IOException taken(Path socket) {
        return new IOException("another process serves on " + socket);
    }

    private static boolean isServed(Path socket) {
        try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return probe.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    private static String fresh() {
        return "." + Long.toString(System.nanoTime() & 0xff_ffff, 36);
    }

    /// Binds with mode 0600: under another name first, so that nobody connects before.
    ServerSocketChannel bind() throws IOException {
        if (Files.exists(socket, LinkOption.NOFOLLOW_LINKS)) {
            if (!Files.readAttributes(socket, "isOther", LinkOption.NOFOLLOW_LINKS)
                    .containsValue(true)) {
                throw new IOException("something that is no socket lies at " + socket + "; choose another path");
            }
            Files.delete(socket);
        }
        Path fresh = socket.resolveSibling(fresh());
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(fresh), BACKLOG);
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
            Files.move(fresh, socket);
            bound = true;
            return channel;
        } catch (IOException | RuntimeException failure) {
            channel.close();
            Files.deleteIfExists(fresh);
            throw failure;
        }
    }

    /// Removes the lock, and the socket if it was bound. Idempotent.
    @Override
    public void close() throws IOException {
        if (held.isOpen()) {
            if (bound) {
                Files.deleteIfExists(socket);
            }
            Files.deleteIfExists(lock);
            held.close();
            HELD_HERE.remove(lock);
        }
    }
}
