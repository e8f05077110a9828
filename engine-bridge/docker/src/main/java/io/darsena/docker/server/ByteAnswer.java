package io.darsena.docker.server;

import io.darsena.bridge.error.FailedException;
import io.darsena.bridge.layer.TreeTar;
import io.darsena.docker.http.HttpExchange;
import io.darsena.docker.wire.LeftOutTrailer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers with what a stream of the engine gives. What fails before its first byte is told as a failure; later the
/// connection breaks, so that no client takes a part for the whole. A client that goes ends the stream. What a tar
/// lacks is said behind it.
final class ByteAnswer {

    private static final Logger LOG = LoggerFactory.getLogger(ByteAnswer.class);

    private static final int BLOCK = 1 << 16;

    private ByteAnswer() {}

    /// @param from closed at the end, whatever comes
    /// @param subject what is sent, for the message of a failure
    static void send(HttpExchange exchange, String contentType, InputStream from, String subject) throws IOException {
        try (from) {
            exchange.whenClientLeaves(() -> close(from));
            byte[] block = new byte[BLOCK];
            int count = begin(from, block, subject);
            if (from instanceof TreeTar) {
                exchange.header("Trailer", LeftOutTrailer.NAME);
            }
            OutputStream body = exchange.stream(200, contentType);
            for (; count > 0; count = from.readNBytes(block, 0, BLOCK)) {
                body.write(block, 0, count);
            }
            if (from instanceof TreeTar tar) {
                exchange.trailer(LeftOutTrailer.NAME, Long.toString(tar.leftOut()));
            }
            // Not after a failure: the end of a body says that it is whole.
            body.close();
        }
    }

    private static int begin(InputStream from, byte[] block, String subject) {
        try {
            return from.readNBytes(block, 0, BLOCK);
        } catch (IOException failure) {
            throw new FailedException("read", subject, String.valueOf(failure.getMessage()), "");
        }
    }

    private static void close(InputStream from) {
        try {
            from.close();
        } catch (IOException failure) {
            LOG.debug("a stream whose client has gone did not close: {}", failure.getMessage());
        }
    }
}
