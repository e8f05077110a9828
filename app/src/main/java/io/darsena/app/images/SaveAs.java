package io.darsena.app.images;

import io.darsena.app.screen.WindowContext;
import io.darsena.app.text.Messages;
import io.darsena.bridge.image.ArchiveFormat;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.stage.FileChooser;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Saving an image to an archive: which kind, then where.
final class SaveAs {

    private static final Pattern NOT_IN_FILE_NAMES = Pattern.compile("[^A-Za-z0-9._-]+");

    private final WindowContext context;
    private final Messages messages;
    private final Supplier<@Nullable Window> owner;

    /// Where the last archive of this window went.
    private Path folder = Path.of(System.getProperty("user.home", "/"));

    SaveAs(WindowContext context, Supplier<@Nullable Window> owner) {
        this.context = context;
        this.messages = context.messages();
        this.owner = owner;
    }

    Menu menu(ImageRow row) {
        Menu menu = new Menu(messages.text("images.saveAs"), new FontIcon(Feather.SAVE));
        menu.setId("menu-saveAs");
        menu.getItems()
                .addAll(
                        item("images.saveAs.docker", ArchiveFormat.DOCKER, row),
                        item("images.saveAs.oci", ArchiveFormat.OCI, row));
        return menu;
    }

    private MenuItem item(String key, ArchiveFormat format, ImageRow row) {
        MenuItem item = new MenuItem(messages.text(key));
        item.setOnAction(event -> ask(format, row.reference()));
        return item;
    }

    /// Whether what is there may be replaced the chooser asks.
    private void ask(ArchiveFormat format, String image) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(messages.text("export.title", image));
        chooser.setInitialFileName(fileName(format, image));
        if (Files.isDirectory(folder)) {
            chooser.setInitialDirectory(folder.toFile());
        }
        chooser.getExtensionFilters()
                .setAll(
                        new FileChooser.ExtensionFilter(messages.text("import.file.archives"), "*.tar"),
                        new FileChooser.ExtensionFilter(messages.text("import.file.all"), "*"));
        File chosen = chooser.showSaveDialog(owner.get());
        if (chosen != null) {
            Path file = chosen.toPath().toAbsolutePath();
            folder = file.resolveSibling(".").normalize();
            context.transfers().save(List.of(image), format, file);
        }
    }

    /// `registry.example/team/tool:1.2` is saved as `tool-1.2.tar` unless the person says otherwise.
    static String fileName(ArchiveFormat format, String image) {
        String last = image.substring(image.lastIndexOf('/') + 1);
        String plain = NOT_IN_FILE_NAMES.matcher(last).replaceAll("-");
        return plain + (format == ArchiveFormat.OCI ? ".oci.tar" : ".tar");
    }
}
