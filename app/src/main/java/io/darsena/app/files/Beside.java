package io.darsena.app.files;

import io.darsena.bridge.Engine;
import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.TreeSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import javafx.scene.image.Image;

/// The same path of two sources, as it is to be shown side by side.
sealed interface Beside {

    /// More of neither is read.
    int MOST = 2 << 20;

    /// Pictures are not kept larger than that.
    int WIDEST = 1000;

    /// All bytes of both are the same.
    boolean equal();

    /// All of both was read.
    boolean whole();

    /// @param text else they are bytes, sixteen a line
    record Lines(LineDiff diff, boolean text, boolean equal, boolean whole) implements Beside {}

    record Pictures(Image before, Image after, boolean equal) implements Beside {

        @Override
        public boolean whole() {
            return true;
        }
    }

    /// Reads both. On a thread that may wait.
    static Beside read(Engine engine, TreeSource before, TreeSource after, FilePath path) {
        byte[] some = bytes(engine, before, path);
        byte[] others = bytes(engine, after, path);
        boolean whole = some.length <= MOST && others.length <= MOST;
        return of(cut(some), cut(others), whole);
    }

    private static byte[] bytes(Engine engine, TreeSource source, FilePath path) {
        try (InputStream in = engine.layers().content(source, path)) {
            return in.readNBytes(MOST + 1);
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        }
    }

    private static byte[] cut(byte[] bytes) {
        return bytes.length <= MOST ? bytes : Arrays.copyOf(bytes, MOST);
    }

    /// @param whole these are all bytes of both
    static Beside of(byte[] before, byte[] after, boolean whole) {
        boolean equal = whole && Arrays.equals(before, after);
        FileContent some = FileContent.of(before, whole);
        FileContent others = FileContent.of(after, whole);
        if (some instanceof FileContent.Picture one && others instanceof FileContent.Picture other) {
            Image left = image(one);
            Image right = image(other);
            if (!left.isError() && !right.isError()) {
                return new Pictures(left, right, equal);
            }
        }
        boolean text = some instanceof FileContent.Text && others instanceof FileContent.Text;
        LineDiff diff = text
                ? LineDiff.of(some.lines(), others.lines())
                : LineDiff.of(new HexLines(before), new HexLines(after));
        return new Lines(diff, text, equal, whole);
    }

    /// Smaller ones are not made larger.
    private static Image image(FileContent.Picture picture) {
        boolean large = picture.size().width() > WIDEST || picture.size().height() > WIDEST;
        int most = large ? WIDEST : 0;
        return new Image(new ByteArrayInputStream(picture.data()), most, most, true, true);
    }
}
