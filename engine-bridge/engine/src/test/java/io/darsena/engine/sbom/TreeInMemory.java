package io.darsena.engine.sbom;

import io.darsena.bridge.layer.FileKind;
import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.layer.FileTreeBuilder;
import io.darsena.bridge.layer.FileTreeBuilder.Facts;
import io.darsena.engine.layer.ReadableTree;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Layers of files in memory, each on those before.
final class TreeInMemory implements ReadableTree {

    private final FileTreeBuilder builder = new FileTreeBuilder(64);
    private final Map<String, byte[]> contents = new HashMap<>();
    private int layers;
    private FileTree built = new FileTreeBuilder(1).build();

    TreeInMemory layer() {
        builder.begin(++layers, false);
        return this;
    }

    TreeInMemory file(String path, String text) {
        return file(path, text.getBytes(StandardCharsets.UTF_8));
    }

    TreeInMemory file(String path, byte[] bytes) {
        return file(path, bytes, bytes.length);
    }

    /// @param size that it says it has
    TreeInMemory file(String path, byte[] bytes, long size) {
        int directory = FileTree.ROOT;
        String[] parts = path.split("/");
        for (int i = 0; i < parts.length - 1; i++) {
            byte[] name = parts[i].getBytes(StandardCharsets.UTF_8);
            directory = builder.imply(directory, name, 0, name.length);
        }
        byte[] name = parts[parts.length - 1].getBytes(StandardCharsets.UTF_8);
        Facts facts = new Facts(0644, 0, 0, size, 0, 0, false, false);
        builder.put(directory, name, 0, name.length, FileKind.FILE, facts);
        contents.put(path, bytes);
        return this;
    }

    TreeInMemory build() {
        built = builder.build();
        return this;
    }

    @Override
    public FileTree tree() {
        return built;
    }

    @Override
    public void read(List<Integer> files, FileReader reader) {
        for (int node : files) {
            byte[] bytes = contents.getOrDefault(built.path(node), new byte[0]);
            try {
                reader.read(node, new ByteArrayInputStream(bytes));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
