package io.darsena.runtime;

import io.darsena.runtime.protocol.Frame;
import io.darsena.runtime.protocol.FrameDecoder;
import io.darsena.runtime.protocol.MalformedFrameException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A layer on its way to an extractor. For one thread at a time; interrupting it abandons the extraction.
final class SocketExtraction implements LayerExtraction {

    private static final Logger LOG = LoggerFactory.getLogger(SocketExtraction.class);

    /// The JDK copies into a buffer outside the heap of the size of each write and keeps it with the thread.
    private static final int LARGEST_WRITE = 128 * 1024;

    /// Of `error`: the layer's bytes are to blame, not this machine.
    private static final String LAYER_STAGE = "layer";

    private final SocketChannel channel;
    private final OutputStream sink = new Sink();

    /// @param channel connected and blocking; closed with this
    SocketExtraction(SocketChannel channel) {
        this.channel = channel;
    }

    @Override
    public OutputStream sink() {
        return sink;
    }

    @Override
    public Result finish() {
        try {
            channel.shutdownOutput();
        } catch (IOException e) {
            LOG.debug("the extractor takes no more", e);
        }
        Result result = result(verdict());
        close();
        return result;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("cannot close the socket of an extractor", e);
        }
    }

    /// What the extractor says: first who hashed the bytes, if they came to their end, then who read them.
    private record Verdict(Optional<Frame> received, Frame extracted) {}

    /// Waits for the frame `extracted`; an `error` is thrown.
    private Verdict verdict() {
        try {
            var decoder = new FrameDecoder();
            Frame first = next(decoder);
            boolean whole = first.name().equals("received");
            return new Verdict(whole ? Optional.of(first) : Optional.empty(), checked(whole ? next(decoder) : first));
        } catch (IOException | MalformedFrameException e) {
            throw new RuntimeUnavailableException("unpack a layer: " + e.getMessage(), e);
        }
    }

    private Frame next(FrameDecoder decoder) throws IOException {
        Optional<Frame> frame = decoder.next();
        while (frame.isEmpty()) {
            if (decoder.readFrom(channel) < 0) {
                throw new RuntimeUnavailableException("unpack a layer: the extractor ended without a word");
            }
            frame = decoder.next();
        }
        return frame.get();
    }

    private static Result result(Verdict verdict) {
        try {
            Frame told = verdict.extracted();
            Frame received = verdict.received()
                    .orElseThrow(() -> new MalformedFrameException("the extractor answered before the layer's end"));
            return new Result(
                    received.required("digest"),
                    told.required("diff-id"),
                    told.required("compression"),
                    told.number("size"),
                    told.number("bytes"),
                    told.number("entries"),
                    told.values("skipped"));
        } catch (MalformedFrameException e) {
            throw new RuntimeUnavailableException("unpack a layer: " + e.getMessage(), e);
        }
    }

    private static Frame checked(Frame told) {
        if (told.name().equals("extracted")) {
            return told;
        }
        RuntimeFailure failure = Failures.of(told);
        if (failure.stage().equals(LAYER_STAGE)) {
            throw new LayerRejectedException(failure);
        }
        throw new RuntimeUnavailableException(failure.sentence());
    }

    private final class Sink extends OutputStream {

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            ByteBuffer source = ByteBuffer.wrap(bytes, offset, length);
            int end = source.limit();
            try {
                while (source.position() < end) {
                    source.limit(Math.min(end, source.position() + LARGEST_WRITE));
                    channel.write(source);
                }
            } catch (ClosedByInterruptException e) {
                throw e;
            } catch (IOException e) {
                String told = verdict().extracted().name();
                throw new IOException("the extractor said " + told + " before the layer's end", e);
            }
        }
    }
}
