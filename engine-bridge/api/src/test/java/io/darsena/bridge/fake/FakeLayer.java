package io.darsena.bridge.fake;

import io.darsena.bridge.layer.DockerfileLines;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// A layer of an image in a [FakeEngine].
///
/// @param instruction what made it
/// @param entries each a line: `d PATH` a directory, `f SIZE PATH` a file, `l PATH TARGET` a symbolic link, `w PATH` a
///     whiteout, `s PATH` a socket, which no layer has; or `t PATH TEXT` a file with this text, of
///     several lines, too
/// @param lines of the Dockerfile that asked for it
public record FakeLayer(String instruction, List<String> entries, Optional<DockerfileLines> lines) {

    public FakeLayer {
        entries = List.copyOf(entries);
    }

    public FakeLayer(String instruction, List<String> entries) {
        this(instruction, entries, Optional.empty());
    }

    public static FakeLayer of(String instruction, String... entries) {
        return new FakeLayer(instruction, List.of(entries));
    }

    /// The same, asked for by these lines.
    public FakeLayer at(DockerfileLines recorded) {
        return new FakeLayer(instruction, entries, Optional.of(recorded));
    }

    long size() {
        return entries.stream().mapToLong(FakeLayer::size).sum();
    }

    static long size(String entry) {
        String[] words = entry.split(" ", 3);
        return switch (words[0]) {
            case "f" -> Long.parseLong(words[1]);
            case "t" -> words[2].getBytes(StandardCharsets.UTF_8).length;
            default -> 0;
        };
    }

    /// What was told of a file with a text.
    Optional<String> text(String path) {
        String begin = "t " + path + " ";
        return entries.stream()
                .filter(entry -> entry.startsWith(begin))
                .map(entry -> entry.substring(begin.length()))
                .findFirst();
    }
}
