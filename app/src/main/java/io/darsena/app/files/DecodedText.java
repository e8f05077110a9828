package io.darsena.app.files;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Bytes read as a text, and by which encoding.
record DecodedText(String text, Charset charset) {

    private static final Charset WINDOWS = Charset.forName("windows-1252");

    /// Of a hundred bytes of a text in a language of western Europe no more are letters beyond ASCII.
    private static final int MOST_BEYOND_ASCII = 30;

    private static final int LONGEST_LETTER = 4;

    /// Empty for what no text editor would open. UTF-16 is known by its mark alone.
    ///
    /// @param whole no more follows; else the last character may be cut off
    /// @param before what the bytes before these are in: they go on so, and the first character may be cut off
    static Optional<DecodedText> of(byte[] bytes, boolean whole, Optional<Charset> before) {
        if (before.isPresent()) {
            return in(before.get(), bytes, letter(bytes, before.get()), whole);
        }
        Optional<Charset> marked = marked(bytes);
        if (marked.isPresent()) {
            return in(marked.get(), bytes, 0, whole);
        }
        return in(StandardCharsets.UTF_8, bytes, 0, whole).or(() -> inSingleBytes(bytes, whole));
    }

    private static Optional<Charset> marked(byte[] bytes) {
        if (bytes.length < 2) {
            return Optional.empty();
        }
        int mark = (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
        return mark == 0xfeff
                ? Optional.of(StandardCharsets.UTF_16BE)
                : mark == 0xfffe ? Optional.of(StandardCharsets.UTF_16LE) : Optional.empty();
    }

    /// Where the first whole letter begins.
    private static int letter(byte[] bytes, Charset charset) {
        int at = 0;
        while (charset.equals(StandardCharsets.UTF_8)
                && at < Math.min(bytes.length, LONGEST_LETTER - 1)
                && (bytes[at] & 0xc0) == 0x80) {
            at++;
        }
        return at;
    }

    private static Optional<DecodedText> in(Charset charset, byte[] bytes, int from, boolean whole) {
        CharBuffer text = CharBuffer.allocate(bytes.length);
        CoderResult result = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes, from, bytes.length - from), text, whole);
        if (result.isError()) {
            return Optional.empty();
        }
        String read = text.flip().toString();
        return read.indexOf('\0') >= 0 ? Optional.empty() : Optional.of(new DecodedText(read, charset));
    }

    /// A guess: letters and signs, of which few are beyond ASCII, and no controls but those of texts.
    private static Optional<DecodedText> inSingleBytes(byte[] bytes, boolean whole) {
        int beyond = 0;
        boolean windows = false;
        for (byte each : bytes) {
            int letter = each & 0xff;
            if (letter < ' ' && "\t\n\r\f\u001b".indexOf(letter) < 0 || letter == 0x7f) {
                return Optional.empty();
            }
            beyond += letter >= 0x80 ? 1 : 0;
            windows |= letter >= 0x80 && letter < 0xa0;
        }
        return 100L * beyond > (long) MOST_BEYOND_ASCII * bytes.length
                ? Optional.empty()
                : in(windows ? WINDOWS : StandardCharsets.ISO_8859_1, bytes, 0, whole);
    }
}
