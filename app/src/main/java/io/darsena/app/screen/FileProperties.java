package io.darsena.app.screen;

import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.TreeSource;
import java.util.List;
import java.util.Optional;

/// What is known of an entry of a tree of files, to be shown.
///
/// @param source where its extended attributes can be read; empty for what has none, or is not there any more
public record FileProperties(FilePath path, List<Fact> facts, Optional<TreeSource> source) {

    /// @param value harmless; may have several lines
    public record Fact(String name, String value) {}

    public FileProperties {
        facts = List.copyOf(facts);
    }
}
