package io.darsena.app.files;

import java.nio.charset.Charset;

/// What the bytes of a file are taken for.
sealed interface FileContent {

    /// Of what was read.
    int bytes();

    /// What is to be shown as lines; of a picture its bytes.
    SearchedLines lines();

    record Text(int bytes, TextLines lines, Charset charset) implements FileContent {

        /// Of lines of the file, which may be fewer than those shown.
        int count() {
            return lines.count();
        }
    }

    record Hex(int bytes, HexLines lines) implements FileContent {}

    /// @param data a whole picture of a size that can be shown
    record Picture(byte[] data, PictureSize size) implements FileContent {

        @Override
        public int bytes() {
            return data.length;
        }

        @Override
        public HexLines lines() {
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

    /// What people want to see of it most.
    ///
    /// @param bytes of the beginning of a file
    /// @param whole these are all bytes of the file
    static FileContent of(byte[] bytes, boolean whole) {
        FilePart part = new FilePart(bytes, FilePart.Start.OF_FILE, whole);
        return part.as(part.guess());
    }
}
