package io.darsena.bridge.fake;

import java.util.List;

/// A layer of an image in a [FakeEngine].
///
/// @param instruction what made it
/// @param entries each a line: `d PATH` a directory, `f SIZE PATH` a file, `l PATH TARGET` a symbolic link, `w PATH` a
///     whiteout
public record FakeLayer(String instruction, List<String> entries) {

    public FakeLayer {
        entries = List.copyOf(entries);
    }

    public static FakeLayer of(String instruction, String... entries) {
        return new FakeLayer(instruction, List.of(entries));
    }

    long size() {
        return entries.stream()
                .filter(entry -> entry.startsWith("f "))
                .mapToLong(entry -> Long.parseLong(entry.split(" ", 3)[1]))
                .sum();
    }
}
