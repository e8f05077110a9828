package io.darsena.app.files;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// What the bytes of a file are taken for.
sealed interface FileContent {

    /// Of what was read.
    int bytes();

    /// What is to be shown as lines; of a picture its bytes.
    List<FileLine> lines();

    /// @param count of lines of the file, which may be fewer than those shown
    record Text(int bytes, List<FileLine> lines, int count) implements FileContent {}

    record Hex(int bytes, List<FileLine> lines) implements FileContent {}

    /// @param data a whole picture of a size that can be shown
    record Picture(byte[] data, PictureSize size) implements FileContent {

        @Override
        public int bytes() {
            return data.length;
        }

        @Override
        public List<FileLine> lines() {
            return new HexLines(data);
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    /// @param whole these are all bytes of the file
    static FileContent of(byte[] bytes, boolean whole) {
        Optional<PictureSize> picture =
                whole ? PictureSize.of(bytes).filter(PictureSize::canBeShown) : Optional.empty();
        if (picture.isPresent()) {
            return new Picture(bytes, picture.get());
        }
        return text(bytes, whole)
                .map(text -> text(bytes.length, text))
                .orElseGet(() -> new Hex(bytes.length, new HexLines(bytes)));
    }

    private static FileContent text(int bytes, String text) {
        TextLines lines = TextLines.of(text);
        return new Text(bytes, lines, lines.count());
    }

    /// Empty for what no text editor would open. Where it was cut off, the last character need not be whole.
    private static Optional<String> text(byte[] bytes, boolean whole) {
        CharBuffer text = CharBuffer.allocate(bytes.length);
        CoderResult result = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes), text, whole);
        if (result.isError()) {
            return Optional.empty();
        }
        String read = text.flip().toString();
        return read.indexOf('\0') >= 0 ? Optional.empty() : Optional.of(read);
    }
}
