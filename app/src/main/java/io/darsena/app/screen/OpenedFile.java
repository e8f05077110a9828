package io.darsena.app.screen;

import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.TreeSource;
import java.util.Optional;

/// A file that is to be looked at.
///
/// @param other where the same path can be looked at beside it
public record OpenedFile(TreeSource source, FilePath path, Optional<Counterpart> other) {

    /// @param offer what the button says that shows both
    /// @param otherName what is there called where both are shown
    /// @param ownName what the file itself is called there
    /// @param atOnce both are shown without being asked for
    public record Counterpart(TreeSource source, String offer, String otherName, String ownName, boolean atOnce) {}

    public static OpenedFile alone(TreeSource source, FilePath path) {
        return new OpenedFile(source, path, Optional.empty());
    }
}
