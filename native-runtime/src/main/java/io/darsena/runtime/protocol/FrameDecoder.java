package io.darsena.runtime.protocol;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import java.util.Optional;

/// Cuts frames from a stream of bytes. Holds at most one frame and what was read with it. Owned by one
/// thread at a time.
public final class FrameDecoder {

    private static final int FIRST_CAPACITY = 4096;

    /// Between calls in "write" mode: what was received lies before its position.
    private ByteBuffer received = ByteBuffer.allocate(FIRST_CAPACITY);

    /// Reads once from the channel, as much as it gives at once.
    ///
    /// @return the number of bytes read; -1 at the end of the stream
    public int readFrom(ReadableByteChannel channel) throws IOException {
        if (!received.hasRemaining()) {
            received = ByteBuffer.wrap(Arrays.copyOf(received.array(), received.capacity() * 2))
                    .position(received.position());
        }
        return channel.read(received);
    }

    /// The next whole frame of what was received.
    ///
    /// @throws MalformedFrameException when the bytes are no frame; the stream cannot be read any further
    public Optional<Frame> next() {
        if (received.position() < Frame.HEADER) {
            return Optional.empty();
        }
        int length = received.getInt(0);
        if (length < 1 || length > Frame.MAX_PAYLOAD) {
            throw new MalformedFrameException("a frame says it has " + Integer.toUnsignedString(length) + " bytes");
        }
        int end = Frame.HEADER + length;
        if (received.position() < end) {
            return Optional.empty();
        }
        Frame frame = Frame.decode(received.slice(Frame.HEADER, length));
        received.flip().position(end);
        received.compact();
        return Optional.of(frame);
    }

    /// Whether a frame has begun and not ended.
    public boolean isInsideFrame() {
        return received.position() > 0;
    }
}
