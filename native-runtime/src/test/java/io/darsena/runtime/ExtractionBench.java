package io.darsena.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A directory with a target for layers, and beside it a canary: a tree that nothing may touch.
final class ExtractionBench implements AutoCloseable {

    private final DarsenaRuntime runtime;
    private final Path directory;
    private final Path canary;
    private final Map<String, String> before;
    private int layers;

    ExtractionBench(Path directory) throws IOException {
        this.directory = directory;
        canary = Files.createDirectory(directory.resolve("canary"));
        Files.writeString(canary.resolve("file"), "sings");
        Files.createSymbolicLink(canary.resolve("link"), Path.of("file"));
        before = state(canary);
        runtime = RealRuntime.open(directory);
    }

    DarsenaRuntime runtime() {
        return runtime;
    }

    Path canary() {
        return canary;
    }

    /// What became of a layer.
    record Unpacked(Path root, Path index, LayerExtraction.Result result) {

        /// Lines of the index as `TYPE FLAGS PATH LINK`, in order.
        List<String> lines() throws IOException {
            try (Stream<String> lines = Files.lines(index, StandardCharsets.UTF_8)) {
                return lines.map(line -> line.split("\t", -1))
                        .map(parts -> (parts[0] + " " + parts[6] + " " + parts[7] + " " + parts[8]).strip())
                        .toList();
            }
        }
    }

    /// Unpacks into a fresh directory, and asserts that the canary is as it was, whatever happens.
    Unpacked unpack(byte[] layer) throws IOException {
        Path root = directory.resolve("layer" + ++layers);
        Path index = directory.resolve("index" + layers);
        runtime.makeDirectory(root, 0755);
        try (LayerExtraction extraction = runtime.extract(root, index)) {
            extraction.sink().write(layer);
            return new Unpacked(root, index, extraction.finish());
        } catch (LayerRejectedException e) {
            assertThat(index).doesNotExist();
            throw e;
        } finally {
            assertThat(state(canary)).isEqualTo(before);
        }
    }

    String rejection(byte[] layer) throws IOException {
        try {
            Unpacked unpacked = unpack(layer);
            throw new AssertionError("it was taken: " + unpacked.lines());
        } catch (LayerRejectedException e) {
            return e.getMessage() == null ? "" : e.getMessage();
        }
    }

    @Override
    public void close() throws IOException {
        for (int layer = 1; layer <= layers; layer++) {
            runtime.delete(directory.resolve("layer" + layer));
            assertThat(directory.resolve("layer" + layer)).doesNotExist();
        }
        runtime.close();
        assertThat(state(canary)).isEqualTo(before);
    }

    private static Map<String, String> state(Path tree) throws IOException {
        var state = new TreeMap<String, String>();
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.toList()) {
                Map<String, Object> facts = Files.readAttributes(
                        path, "unix:mode,uid,gid,nlink,lastModifiedTime,size", LinkOption.NOFOLLOW_LINKS);
                String content = Files.isRegularFile(path) ? Files.readString(path) : "";
                state.put(tree.relativize(path).toString(), new TreeMap<>(facts) + content);
            }
        }
        return state;
    }
}
