package io.darsena.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;

/// Writes a plan's records as the protocol has them, many at a time. Used by the plan's thread.
final class PlanWriter implements ArchivePlan.Entries {

    private static final int ROOM = 64 * 1024;

    private final SocketChannel channel;
    private final ByteBuffer waiting = ByteBuffer.allocateDirect(ROOM);
    private volatile boolean refused;

    PlanWriter(SocketChannel channel) {
        this.channel = channel;
    }

    /// Whether the archiver took no more: what it has said tells why.
    boolean isRefused() {
        return refused;
    }

    @Override
    public void add(int root, byte[] path, byte[] name, Set<ArchivePlan.Take> how) throws IOException {
        byte[] head = (flags(how) + " " + root + " ").getBytes(StandardCharsets.US_ASCII);
        int length = head.length + path.length + name.length + 2;
        if (hasNul(path) || hasNul(name) || length > ROOM) {
            throw new IllegalArgumentException("a path of an archive holds a NUL, or is too long: " + path.length
                    + " and " + name.length + " bytes");
        }
        if (waiting.remaining() < length) {
            flush();
        }
        waiting.put(head).put(path).put((byte) 0).put(name).put((byte) 0);
    }

    /// Says that the plan is whole.
    void finish() throws IOException {
        flush();
        try {
            channel.shutdownOutput();
        } catch (IOException e) {
            refused = true;
            throw e;
        }
    }

    private void flush() throws IOException {
        waiting.flip();
        try {
            while (waiting.hasRemaining()) {
                channel.write(waiting);
            }
        } catch (IOException e) {
            refused = true;
            throw e;
        }
        waiting.clear();
    }

    private static String flags(Set<ArchivePlan.Take> how) {
        if (how.isEmpty()) {
            return "-";
        }
        StringBuilder flags = new StringBuilder();
        for (ArchivePlan.Take each : EnumSet.copyOf(how)) {
            flags.append(
                    switch (each) {
                        case RECURSIVELY -> 'r';
                        case IF_PRESENT -> 'm';
                        case AS_PARENT -> 'p';
                        case OPAQUE -> 'o';
                        case AS_WHITEOUT -> 'w';
                    });
        }
        return flags.toString();
    }

    private static boolean hasNul(byte[] bytes) {
        for (byte each : bytes) {
            if (each == 0) {
                return true;
            }
        }
        return false;
    }
}
