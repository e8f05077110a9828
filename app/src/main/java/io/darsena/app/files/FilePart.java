package io.darsena.app.files;

import java.nio.charset.Charset;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// Some bytes of a file that follow each other, and what they can be shown as. Immutable.
final class FilePart {

    /// Where a part begins.
    ///
    /// @param line the number of the first line, from 1
    /// @param charset of the text before it, if there is any
    record Start(long offset, int line, Optional<Charset> charset) {

        static final Start OF_FILE = new Start(0, 1, Optional.empty());
    }

    private final byte[] bytes;
    private final Start start;
    private final boolean last;
    private final Optional<PictureSize> picture;
    private final Optional<FileContent.Text> text;

    /// @param bytes not to be changed any more
    /// @param last no more follow
    FilePart(byte[] bytes, Start start, boolean last) {
        this.bytes = bytes;
        this.start = start;
        this.last = last;
        this.picture = isWhole() ? PictureSize.of(bytes).filter(PictureSize::canBeShown) : Optional.empty();
        this.text = DecodedText.of(bytes, last, start.charset()).map(this::text);
    }

    private FileContent.Text text(DecodedText read) {
        return new FileContent.Text(bytes.length, TextLines.of(read.text(), start.line()), read.charset());
    }

    /// These are all bytes of the file.
    boolean isWhole() {
        return last && start.offset() == 0;
    }

    boolean isLast() {
        return last;
    }

    Start start() {
        return start;
    }

    int size() {
        return bytes.length;
    }

    /// What begins behind it.
    Start next() {
        int line = start.line() + text.map(shown -> shown.lines().breaks()).orElse(0);
        return new Start(start.offset() + bytes.length, line, text.map(FileContent.Text::charset));
    }

    Set<Look> looks() {
        Set<Look> looks = EnumSet.of(Look.BYTES);
        if (picture.isPresent()) {
            looks.add(Look.PICTURE);
        }
        if (text.isPresent()) {
            looks.add(Look.TEXT);
        }
        return looks;
    }

    /// What people want to see of it most.
    Look guess() {
        return picture.isPresent() ? Look.PICTURE : text.isPresent() ? Look.TEXT : Look.BYTES;
    }

    /// @param look one of [#looks]; of others the bytes
    FileContent as(Look look) {
        Optional<? extends FileContent> shown = switch (look) {
            case TEXT -> text;
            case PICTURE -> picture.map(size -> new FileContent.Picture(bytes, size));
            case BYTES -> Optional.empty();
        };
        return shown.isPresent() ? shown.get() : new FileContent.Hex(bytes.length, new HexLines(bytes, start.offset()));
    }
}
