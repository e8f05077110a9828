package io.darsena.app.files;

import java.nio.file.Path;
import java.util.Optional;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/// Asks where something is to be saved, and whether what is there may be replaced.
@FunctionalInterface
public interface SaveChooser {

    /// @param name that is proposed
    /// @return empty when the person wants it nowhere
    Optional<Path> choose(@Nullable Window owner, String title, String name);
}
