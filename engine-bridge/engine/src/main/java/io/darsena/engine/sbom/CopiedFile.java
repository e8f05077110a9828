package io.darsena.engine.sbom;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A private copy of a file that strangers wrote, read from anywhere in it.
record CopiedFile(FileChannel channel, long size) implements Closeable {

    static CopiedFile open(Path copy) throws IOException {
        FileChannel channel = FileChannel.open(copy, StandardOpenOption.READ);
        try {
            return new CopiedFile(channel, channel.size());
        } catch (IOException failure) {
            channel.close();
            throw failure;
        }
    }

    /// Fills a buffer as a whole, and sets it to its begin.
    ///
    /// @throws MalformedRecordException when the file ends before
    void fill(ByteBuffer buffer, long from) throws IOException {
        buffer.clear();
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, from + buffer.position()) < 0) {
                throw new MalformedRecordException("it ends too early");
            }
        }
        buffer.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
