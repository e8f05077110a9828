package io.darsena.runtime;

import io.darsena.runtime.protocol.Frame;
import io.darsena.runtime.protocol.FrameDecoder;
import io.darsena.runtime.protocol.MalformedFrameException;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A connection to an archiver: a virtual thread sends the plan while the caller reads the tar.
final class SocketArchive implements TreeArchive {

    private static final Logger LOG = LoggerFactory.getLogger(SocketArchive.class);
    private static final int CHUNK_HEADER = 8;
    private static final int LONGEST_CHUNK = 1 << 21;
    private static final int KIND_TAR = 1;
    private static final int KIND_END = 2;

    /// Of `error`: the plan is to blame, not this machine.
    private static final String PLAN_STAGE = "plan";

    /// ENOENT, ENOTDIR, ELOOP, EXDEV, ESTALE.
    private static final Set<Integer> MISSING = Set.of(2, 20, 40, 18, 116);

    private final SocketChannel channel;
    private final DataInputStream in;
    private final InputStream tar = new Tar();
    private final String purpose;

    /// Written by the plan's thread before it closes the channel, read by the caller's after it finds that closed.
    private volatile @Nullable Exception planFailure;

    private @Nullable Summary summary;

    /// @param channel connected and blocking; closed with this
    /// @param purpose what failures say was being done
    SocketArchive(SocketChannel channel, String purpose) {
        this.channel = channel;
        this.in = new DataInputStream(Channels.newInputStream(channel));
        this.purpose = purpose;
    }

    void begin(ArchivePlan plan) {
        Thread.ofVirtual().name("archive-plan").start(() -> send(plan));
    }

    private void send(ArchivePlan plan) {
        var writer = new PlanWriter(channel);
        try {
            plan.tell(writer);
            writer.finish();
        } catch (IOException | RuntimeException e) {
            if (writer.isRefused()) {
                LOG.debug("an archiver takes no more of its plan", e);
            } else {
                planFailure = e;
                close();
            }
        }
    }

    @Override
    public InputStream tar() {
        return tar;
    }

    @Override
    public Summary summary() {
        Summary told = summary;
        if (told == null) {
            throw new IllegalStateException(purpose + ": it has not been read to its end");
        }
        return told;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("cannot close the socket of an archiver", e);
        }
    }

    private final class Tar extends InputStream {

        private int left;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            try {
                while (left == 0) {
                    if (summary != null || !nextChunk()) {
                        return -1;
                    }
                }
                int count = in.read(into, offset, Math.min(length, left));
                if (count < 0) {
                    throw new EOFException("it ended inside a chunk");
                }
                left -= count;
                return count;
            } catch (IOException e) {
                throw brokenOff(e);
            }
        }

        @Override
        public void close() {
            SocketArchive.this.close();
        }

        /// @return false when the tar has ended
        private boolean nextChunk() throws IOException {
            int kind = in.read();
            if (kind < 0) {
                throw new EOFException("it ended without a word");
            }
            byte[] rest = new byte[CHUNK_HEADER - 1];
            in.readFully(rest);
            int length = ByteBuffer.wrap(rest).getInt(rest.length - Integer.BYTES);
            if (length < 0 || length > LONGEST_CHUNK) {
                throw new IOException("a chunk says it has " + Integer.toUnsignedString(length) + " bytes");
            }
            switch (kind) {
                case KIND_TAR -> left = length;
                case KIND_END -> {
                    summary = summaryIn(in.readNBytes(length));
                    SocketArchive.this.close();
                    return false;
                }
                default -> throw new IOException("a chunk is of the unknown kind " + kind);
            }
            return true;
        }
    }

    private Summary summaryIn(byte[] bytes) throws IOException {
        try {
            var decoder = new FrameDecoder();
            var source = Channels.newChannel(new ByteArrayInputStream(bytes));
            var frame = decoder.next();
            while (frame.isEmpty()) {
                if (decoder.readFrom(source) < 0) {
                    throw new EOFException("its last chunk is no frame");
                }
                frame = decoder.next();
            }
            Frame told = frame.get();
            if (told.name().equals("archived")) {
                return new Summary(told.number("entries"), told.number("bytes"), told.number("skipped"));
            }
            throw failure(Failures.of(told));
        } catch (MalformedFrameException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private RuntimeException failure(RuntimeFailure told) {
        close();
        boolean missing =
                told.stage().equals(PLAN_STAGE) && MISSING.contains(told.errno().orElse(0));
        return missing
                ? new PathMissingException(told)
                : new RuntimeUnavailableException(purpose + ": " + told.sentence());
    }

    /// What a failed read means: the plan's own failure, an end made on this side, or an archiver that is gone.
    private IOException brokenOff(IOException cause) {
        Exception plan = planFailure;
        boolean closedHere = !channel.isOpen();
        close();
        if (plan instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (plan != null) {
            return new IOException(purpose + ": " + plan.getMessage(), plan);
        }
        if (closedHere) {
            return cause;
        }
        throw new RuntimeUnavailableException(purpose + ": the archiver broke off: " + cause.getMessage(), cause);
    }
}
