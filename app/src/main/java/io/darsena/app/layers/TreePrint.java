package io.darsena.app.layers;

import io.darsena.bridge.layer.FileTree;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/// Tells one state of the same files from another.
public final class TreePrint {

    private TreePrint() {}

    public static long of(FileTree tree) {
        CRC32C print = new CRC32C();
        try (OutputStream out = new CheckedOutputStream(OutputStream.nullOutputStream(), print)) {
            tree.write(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return print.getValue();
    }
}
