package io.darsena.engine.image;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.util.Native;
import io.darsena.engine.content.MalformedSourceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.tukaani.xz.XZInputStream;

/// How an archive as a whole is compressed: what `docker load` takes. Decoding takes a bounded amount of memory.
enum ArchiveCompression {
    NONE,
    GZIP(0x1f, 0x8b),
    BZIP2('B', 'Z', 'h'),
    XZ(0xfd, '7', 'z', 'X', 'Z', 0x00),
    ZSTD(0x28, 0xb5, 0x2f, 0xfd);

    private static final int LONGEST_MAGIC = 6;
    private static final int BUFFER = 128 * 1024;
    private static final int BYTE = 0xff;

    /// 128 MiB: the most that zstd(1) takes without being asked.
    private static final int ZSTD_WINDOW_LOG = 27;

    /// `xz -9` needs 65 MiB.
    private static final int XZ_MEMORY_KIB = 160 << 10;

    private final int[] magic;

    ArchiveCompression(int... magic) {
        this.magic = magic;
    }

    /// @param bytes can be marked, and stay where they are
    static ArchiveCompression of(InputStream bytes) throws IOException {
        bytes.mark(LONGEST_MAGIC);
        byte[] first = bytes.readNBytes(LONGEST_MAGIC);
        bytes.reset();
        for (ArchiveCompression each : values()) {
            if (each != NONE && each.fits(first)) {
                return each;
            }
        }
        return NONE;
    }

    private boolean fits(byte[] first) {
        for (int i = 0; i < magic.length; i++) {
            if (i >= first.length || (first[i] & BYTE) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    /// @param libraries where a native library may be put for the moment of its loading
    InputStream decoded(InputStream bytes, Path libraries) throws IOException {
        try {
            return switch (this) {
                case NONE -> bytes;
                case GZIP -> new GZIPInputStream(bytes, BUFFER);
                case BZIP2 -> new BZip2CompressorInputStream(bytes, true);
                case XZ -> new XZInputStream(bytes, XZ_MEMORY_KIB);
                case ZSTD -> zstd(bytes, libraries);
            };
        } catch (IOException e) {
            throw new MalformedSourceException("its " + this + " stream cannot be read (" + e.getMessage() + ")", e);
        }
    }

    private static InputStream zstd(InputStream bytes, Path libraries) throws IOException {
        Native.load(libraries.toFile());
        return new ZstdInputStreamNoFinalizer(bytes).setLongMax(ZSTD_WINDOW_LOG);
    }
}
