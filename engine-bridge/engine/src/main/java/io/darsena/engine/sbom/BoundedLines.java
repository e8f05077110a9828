package io.darsena.engine.sbom;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The lines of a text that strangers wrote. Of a line longer than 8 KiB the rest is passed over.
final class BoundedLines {

    private static final int LONGEST = 8 << 10;
    private static final int BLOCK = 1 << 16;

    private final InputStream in;
    private final byte[] line = new byte[LONGEST];

    BoundedLines(InputStream in) {
        this.in = new BufferedInputStream(in, BLOCK);
    }

    /// Without its end, `\n` or `\r\n`; null after the last one.
    @Nullable
    String next() throws IOException {
        int length = 0;
        int read = in.read();
        if (read < 0) {
            return null;
        }
        for (; read >= 0 && read != '\n'; read = in.read()) {
            if (length < LONGEST) {
                line[length++] = (byte) read;
            }
        }
        if (length > 0 && line[length - 1] == '\r') {
            length--;
        }
        return new String(line, 0, length, StandardCharsets.UTF_8);
    }
}
