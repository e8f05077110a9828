package io.darsena.bridge.fake;

import io.darsena.bridge.layer.DockerfileLines;
import io.darsena.bridge.layer.ExtendedAttribute;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A layer of an image in a [FakeEngine].
///
/// @param instruction what made it
/// @param entries each a line: `d PATH` a directory, `f SIZE PATH` a file, `l PATH TARGET` a symbolic link, `w PATH`
/// a whiteout, `s PATH` a socket, which no layer has; `t PATH TEXT` a file with this text, of several lines, too; or
/// `x PATH NAME VALUE` an extended attribute of what the layer has at this path
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

    /// Those of what it has at a path, by name.
    List<ExtendedAttribute> attributes(String path) {
        return entries.stream()
                .filter(FakeLayer::isAttribute)
                .map(entry -> entry.split(" ", 4))
                .filter(words -> words[1].equals(path))
                .map(words -> new ExtendedAttribute(words[2], words[3].getBytes(StandardCharsets.UTF_8)))
                .sorted(Comparator.comparing(ExtendedAttribute::name))
                .toList();
    }

    /// The paths that have extended attributes.
    List<String> described() {
        return entries.stream()
                .filter(FakeLayer::isAttribute)
                .map(entry -> entry.split(" ", 3)[1])
                .toList();
    }

    static boolean isAttribute(String entry) {
        return entry.startsWith("x ");
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
