package io.darsena.docker.client;

import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.layer.TreeComparison;
import io.darsena.bridge.layer.TreeSource;
import io.darsena.docker.http.HttpClient;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/// The trees of containers on their way to the engine, the old one first. They are written as they lie in memory: of
/// a million files, a copy would be too much for the memory of a window.
record TreesBody(List<FileTree> trees) implements HttpClient.Body {

    TreesBody {
        trees = List.copyOf(trees);
    }

    /// Those of images are not sent.
    static TreesBody of(TreeSource before, TreeSource after, TreeComparison files) {
        List<FileTree> trees = new ArrayList<>();
        if (before instanceof TreeSource.OfContainer) {
            trees.add(files.before());
        }
        if (after instanceof TreeSource.OfContainer) {
            trees.add(files.after());
        }
        return new TreesBody(trees);
    }

    boolean isEmpty() {
        return trees.isEmpty();
    }

    @Override
    public long length() throws IOException {
        Count count = new Count();
        write(count);
        return count.bytes;
    }

    @Override
    public void write(OutputStream out) throws IOException {
        for (FileTree tree : trees) {
            tree.write(out);
        }
    }

    private static final class Count extends OutputStream {

        private long bytes;

        @Override
        public void write(int one) {
            bytes++;
        }

        @Override
        public void write(byte[] block, int offset, int length) {
            bytes += length;
        }
    }
}
