package io.darsena.app.files;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// What a picture says at its beginning, so that one which would fill the memory is not unpacked.
///
/// @param format as people call it
record PictureSize(String format, long width, long height) {

    private static final long MOST_POINTS = 40_000_000;

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final byte[] GIF = "GIF8".getBytes(StandardCharsets.US_ASCII);

    boolean canBeShown() {
        return width > 0 && height > 0 && width * height <= MOST_POINTS;
    }

    /// Empty for what is no picture of a format that can be shown.
    static Optional<PictureSize> of(byte[] bytes) {
        if (begins(bytes, PNG) && bytes.length >= 24) {
            ByteBuffer header = ByteBuffer.wrap(bytes);
            return Optional.of(
                    new PictureSize("PNG", header.getInt(16) & 0xffffffffL, header.getInt(20) & 0xffffffffL));
        }
        if (begins(bytes, GIF) && bytes.length >= 10) {
            ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            return Optional.of(new PictureSize("GIF", header.getShort(6) & 0xffff, header.getShort(8) & 0xffff));
        }
        return jpeg(bytes);
    }

    private static boolean begins(byte[] bytes, byte[] with) {
        return bytes.length >= with.length && Arrays.equals(bytes, 0, with.length, with, 0, with.length);
    }

    /// The frame header (ITU-T T.81, B.2.2) lies behind segments that each say how long they are.
    private static Optional<PictureSize> jpeg(byte[] bytes) {
        if (bytes.length < 4 || (bytes[0] & 0xff) != 0xff || (bytes[1] & 0xff) != 0xd8) {
            return Optional.empty();
        }
        int at = 2;
        while (at + 9 < bytes.length && (bytes[at] & 0xff) == 0xff) {
            int marker = bytes[at + 1] & 0xff;
            boolean frame = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
            if (frame) {
                ByteBuffer header = ByteBuffer.wrap(bytes);
                return Optional.of(
                        new PictureSize("JPEG", header.getShort(at + 7) & 0xffff, header.getShort(at + 5) & 0xffff));
            }
            at += marker == 0xff ? 1 : 2 + ((bytes[at + 2] & 0xff) << 8 | bytes[at + 3] & 0xff);
        }
        return Optional.empty();
    }
}
