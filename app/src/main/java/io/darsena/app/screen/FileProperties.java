package io.darsena.app.screen;

import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.TreeSource;
import java.util.List;
import java.util.Optional;

/// What is known of an entry of a tree of files, to be shown.
///
/// @param source where its extended attributes can be read; empty for what has none, or is not there any more
/// @param other what is shown beside it
public record FileProperties(FilePath path, List<Fact> facts, Optional<TreeSource> source, Optional<Other> other) {

    /// @param value harmless; may have several lines
    public record Fact(String name, String value) {}

    /// What lies at the same path elsewhere.
    ///
    /// @param name what it is called there
    /// @param ownName what that is called which it stands beside
    public record Other(FileProperties properties, String name, String ownName) {}

    public FileProperties {
        facts = List.copyOf(facts);
    }

    public static FileProperties alone(FilePath path, List<Fact> facts, Optional<TreeSource> source) {
        return new FileProperties(path, facts, source, Optional.empty());
    }

    /// With what it was.
    public FileProperties beside(FileProperties before, String name, String ownName) {
        return new FileProperties(path, facts, source, Optional.of(new Other(before, name, ownName)));
    }
}
