package io.darsena.runtime;

import io.darsena.runtime.protocol.Frame;
import io.darsena.runtime.protocol.FrameDecoder;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/// A connection of its own to a monitor, on which after one request no frames come any more but the output (see the
/// protocol's *attach*).
final class MonitorOutput implements SandboxOutput {

    private static final int CHUNK_HEADER = 8;
    private static final int ERRORS = 2;
    private static final int LONGEST_CHUNK = 1 << 20;

    private final SocketChannel channel;
    private final DataInputStream in;
    private volatile boolean closed;

    private MonitorOutput(SocketChannel channel) {
        this.channel = channel;
        this.in = new DataInputStream(Channels.newInputStream(channel));
    }

    /// @param patience how long the sandbox is held up by one who takes nothing at all
    /// @return empty when nothing answers there any more: the run is over
    static Optional<SandboxOutput> of(Path socket, long run, boolean output, boolean errors, Duration patience) {
        try {
            SocketChannel channel = UnixSocket.connect(socket);
            MonitorOutput attached = new MonitorOutput(channel);
            try {
                return attached.ask(run, output, errors, patience) ? Optional.of(attached) : Optional.empty();
            } catch (IOException | RuntimeException failure) {
                attached.close();
                throw failure;
            }
        } catch (IOException over) {
            LoggerFactory.getLogger(MonitorOutput.class).debug("nothing to attach to: {}", over.getMessage());
            return Optional.empty();
        }
    }

    /// @return false when it is another run's monitor, or this run has ended
    private boolean ask(long run, boolean output, boolean errors, Duration patience) throws IOException {
        ByteBuffer request = Frame.named("attach")
                .with("seq", 1)
                .withFlag("stdout", output)
                .withFlag("stderr", errors)
                .with("patience-ms", patience.toMillis())
                .build()
                .encode();
        while (request.hasRemaining()) {
            channel.write(request);
        }
        while (true) {
            Frame frame = frame();
            switch (frame.name()) {
                case "ok" -> {
                    return true;
                }
                case "error" ->
                    throw new RuntimeUnavailableException(Failures.of(frame).sentence());
                case "exited", "failed" -> {
                    close();
                    return false;
                }
                default -> {
                    if (frame.value("run").isPresent() && frame.number("run") != run) {
                        close();
                        return false;
                    }
                }
            }
        }
    }

    /// One frame and not a byte more: what follows the answer is none.
    private Frame frame() throws IOException {
        FrameDecoder decoder = new FrameDecoder();
        byte[] header = read(Integer.BYTES);
        int length = ByteBuffer.wrap(header).getInt();
        if (length < 1 || length > Frame.MAX_PAYLOAD) {
            throw new RuntimeUnavailableException(
                    "a monitor sent a frame of " + Integer.toUnsignedString(length) + " bytes");
        }
        InputStream both =
                new SequenceInputStream(new ByteArrayInputStream(header), new ByteArrayInputStream(read(length)));
        Optional<Frame> frame = Optional.empty();
        while (frame.isEmpty()) {
            decoder.readFrom(Channels.newChannel(both));
            frame = decoder.next();
        }
        return frame.get();
    }

    private byte[] read(int count) throws IOException {
        byte[] bytes = new byte[count];
        in.readFully(bytes);
        return bytes;
    }

    @Override
    public Optional<Chunk> next() {
        try {
            int first = in.read();
            if (first < 0) {
                close();
                return Optional.empty();
            }
            int length = ByteBuffer.wrap(read(CHUNK_HEADER - 1)).getInt(CHUNK_HEADER - 1 - Integer.BYTES);
            if (length < 0 || length > LONGEST_CHUNK) {
                throw new IOException("a chunk says it has " + Integer.toUnsignedString(length) + " bytes");
            }
            return Optional.of(new Chunk(first == ERRORS, read(length)));
        } catch (IOException failure) {
            if (closed) {
                return Optional.empty();
            }
            close();
            throw new RuntimeUnavailableException(
                    "the output of a sandbox broke off: " + failure.getMessage(), failure);
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            channel.close();
        } catch (IOException failure) {
            LoggerFactory.getLogger(MonitorOutput.class).debug("cannot close a socket", failure);
        }
    }
}
