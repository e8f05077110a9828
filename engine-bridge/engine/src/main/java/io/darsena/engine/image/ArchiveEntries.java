package io.darsena.engine.image;

import io.darsena.bridge.error.CorruptedException;
import io.darsena.bridge.error.InvalidRequestException;
import io.darsena.engine.content.MalformedSourceException;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/// The entries of a tar of unknown origin, compressed or not, with bounds on what one may cost: their number, and the
/// memory for the headers of each. For one thread.
final class ArchiveEntries implements AutoCloseable {

    private static final int MOST_ENTRIES = 100_000;
    private static final int LARGEST_HEADERS = 1 << 20;
    private static final int BUFFER = 128 * 1024;
    private static final int BYTE = 0xff;

    private final String subject;
    private final HeaderBudget budget;
    private final TarArchiveInputStream tar;
    private final byte[] unwanted = new byte[BUFFER];
    private int entries;

    private ArchiveEntries(String subject, InputStream bytes) {
        this.subject = subject;
        this.budget = new HeaderBudget(bytes);
        this.tar = new TarArchiveInputStream(budget, StandardCharsets.UTF_8.name());
    }

    /// @param libraries see [ArchiveCompression]
    /// @param progress told of the bytes of the file that were read
    static ArchiveEntries open(Path file, Path libraries, LongConsumer progress) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InvalidRequestException(
                    "import",
                    file.toString(),
                    Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                            ? "it is neither a file nor a directory"
                            : "there is no such file",
                    "give an OCI layout or an archive of one");
        }
        InputStream bytes = new BufferedInputStream(new Counted(Files.newInputStream(file), progress), BUFFER);
        try {
            return new ArchiveEntries(
                    file.toString(), ArchiveCompression.of(bytes).decoded(bytes, libraries));
        } catch (IOException | RuntimeException e) {
            bytes.close();
            throw e;
        }
    }

    /// The next entry, whatever its kind; its bytes are read from [#content].
    Optional<TarArchiveEntry> next() throws IOException {
        if (entries > 0) {
            passRest();
        }
        entries++;
        if (entries > MOST_ENTRIES) {
            throw new CorruptedException("import", subject, "it has more than " + MOST_ENTRIES + " entries", "");
        }
        budget.limit(LARGEST_HEADERS);
        try {
            return Optional.ofNullable(tar.getNextEntry());
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException | ArithmeticException e) {
            if (budget.exhausted()) {
                throw new CorruptedException(
                        "import", subject, "an entry's headers are larger than " + LARGEST_HEADERS + " bytes", "");
            }
            throw malformed(e);
        } finally {
            budget.lift();
        }
    }

    /// So that what `next` then reads is headers alone.
    private void passRest() throws IOException {
        InputStream rest = content();
        while (rest.read(unwanted) >= 0) {
            // The entry's bytes are not looked at. Those that come out of memory notice no interruption.
            if (Thread.currentThread().isInterrupted()) {
                throw new ClosedByInterruptException();
            }
        }
    }

    private static IOException malformed(Exception e) {
        if (e instanceof ClosedByInterruptException interrupted) {
            return interrupted;
        }
        return new MalformedSourceException("it is not a valid tar archive (" + e.getMessage() + ")", e);
    }

    /// The bytes of the entry that `next` returned last. Closing it does nothing.
    InputStream content() {
        return new FilterInputStream(tar) {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & BYTE;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                try {
                    return in.read(buffer, offset, length);
                } catch (IOException e) {
                    throw malformed(e);
                }
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }

    /// Ends reading when the headers of one entry take more than they may: a tar reader keeps them in memory.
    private static final class HeaderBudget extends FilterInputStream {
        private long left = Long.MAX_VALUE;

        HeaderBudget(InputStream in) {
            super(in);
        }

        void limit(long bytes) {
            left = bytes;
        }

        boolean exhausted() {
            return left <= 0;
        }

        void lift() {
            left = Long.MAX_VALUE;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & BYTE;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (left <= 0) {
                throw new IOException("headers too large");
            }
            int count = in.read(buffer, offset, (int) Math.min(length, left));
            left -= Math.max(count, 0);
            return count;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = in.skip(Math.min(count, left));
            left -= skipped;
            return skipped;
        }
    }

    private static final class Counted extends FilterInputStream {
        private final LongConsumer progress;

        Counted(InputStream in, LongConsumer progress) {
            super(in);
            this.progress = progress;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = in.read(buffer, offset, length);
            if (count > 0) {
                progress.accept(count);
            }
            return count;
        }
    }
}
