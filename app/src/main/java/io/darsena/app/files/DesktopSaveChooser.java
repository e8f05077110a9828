package io.darsena.app.files;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javafx.stage.FileChooser;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/// The desktop's own dialog, which begins where the last file went.
final class DesktopSaveChooser implements SaveChooser {

    private Path folder = Path.of(System.getProperty("user.home", "/"));

    @Override
    public Optional<Path> choose(@Nullable Window owner, String title, String name) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(title);
        chooser.setInitialFileName(name);
        if (Files.isDirectory(folder)) {
            chooser.setInitialDirectory(folder.toFile());
        }
        Optional<Path> chosen = Optional.ofNullable(chooser.showSaveDialog(owner))
                .map(File::toPath)
                .map(Path::toAbsolutePath);
        chosen.ifPresent(file -> folder = file.resolveSibling(".").normalize());
        return chosen;
    }
}
