package io.darsena.engine.registry.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// When a request's body last went on.
final class SentBytes {

    private volatile long movedAt = System.nanoTime();

    /// Nanoseconds since bytes were last taken to be sent.
    long idle() {
        return System.nanoTime() - movedAt;
    }

    InputStream watch(InputStream body) {
        return new FilterInputStream(body) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                movedAt = System.nanoTime();
                return super.read(buffer, offset, length);
            }
        };
    }
}
